// Login for applications that know nothing of it: the gateway asks oauth2-proxy about each request, and oauth2-proxy knows OpenID Connect.
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  type DataPlane,
  EnvSource,
  ExternalAuthorizer,
  ExternalPort,
  ExternalService,
  GatewayListener,
  IngressGateway,
  MeshedService,
  MeshPort,
  RequestMatch,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface OidcShopProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

const host = 'shop.example.com';

export class OidcShop extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: OidcShopProps) {
    super(scope, id);
    const [shop, edge] = ['shop', 'edge'].map((name) => new ZeroTrustNamespace(this, name, { dataPlane }));
    const web = new MeshedService(shop, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: [MeshPort.http(8080)] });
    const login = this.login(new ZeroTrustNamespace(this, 'login', { dataPlane }));

    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert', listeners: [GatewayListener.redirectToHttps()] });
    gateway.expose(web, { host });
    // What it answers to everybody, its own pages and robots.txt, is led to itself: its yes to such a request must open nothing of the shop.
    gateway.expose(login, { host, pathPrefix: '/oauth2' });
    gateway.expose(login, { host, match: [RequestMatch.path('/robots.txt')], routeName: 'robots' });
    gateway.askFirst(ExternalAuthorizer.of('oauth2-proxy', { service: login, port: 4180 }), { hosts: [host] });

    // A host for everybody, about which nobody is asked.
    const blog = new MeshedService(shop, 'blog', { image: 'ghcr.io/acme/blog:1.0.0', ports: [MeshPort.http(8080)] });
    gateway.expose(blog, { host: 'blog.example.com' });
  }

  private login(namespace: ZeroTrustNamespace): MeshedService {
    const login = new MeshedService(namespace, 'oauth2-proxy', {
      image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.12.0',
      ports: [MeshPort.http(4180)],
      replicas: 2,
      args: [
        '--provider=oidc',
        '--oidc-issuer-url=https://id.example.com',
        '--client-id=shop',
        '--code-challenge-method=S256',
        '--email-domain=*',
        '--http-address=0.0.0.0:4180',
        // Who may call it is the gateway alone, whose word about the client it takes.
        '--reverse-proxy=true',
        // A yes is an answer of its own: it sends nothing on.
        '--upstream=static://202',
        '--set-xauthrequest=true',
        '--skip-provider-button=true',
        '--cookie-name=__Host-shop',
        '--cookie-secure=true',
        '--cookie-samesite=lax',
        '--ping-path=/oauth2/ping',
        '--ready-path=/oauth2/ready',
      ],
      envFrom: [
        EnvSource.secretKey('OAUTH2_PROXY_CLIENT_SECRET', 'oauth2-proxy', 'client-secret'),
        EnvSource.secretKey('OAUTH2_PROXY_COOKIE_SECRET', 'oauth2-proxy', 'cookie-secret'),
      ],
    });
    login.calls(new ExternalService(namespace, 'identity-provider', { host: 'id.example.com', port: ExternalPort.https() }));
    return login;
  }
}

// Tokens of end users, wherever they can be asked for: at the gateway, at the service behind it, in a call between services; needed, or only welcome.
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  type DataPlane,
  GatewayListener,
  HttpAccess,
  IngressGateway,
  JwtIssuer,
  MeshedService,
  MeshPort,
  TokenPlace,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface JwtShopProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

/** Customers: a browser carries their token in a cookie, an app in a header. Pages learn from x-user who it is. */
const customers = JwtIssuer.of({
  issuer: 'https://id.example.com',
  jwksUri: 'https://id.example.com/jwks',
  audiences: ['shop'],
  tokenPlaces: [TokenPlace.header('authorization', 'Bearer '), TokenPlace.cookie('session')],
  claimHeaders: { 'x-user': 'sub' },
});

/** Staff: the office hands their token on when it asks for a refund. */
const staff = JwtIssuer.of({
  issuer: 'https://staff.example.com',
  jwksUri: 'https://staff.example.com/jwks',
  audiences: ['office'],
  forwardsToken: true,
});

const partners = JwtIssuer.of({ issuer: 'https://partners.example.org', audiences: ['office'] });

export class JwtShop extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: JwtShopProps) {
    super(scope, id);
    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const [web, accounts, office, orders] = ['web', 'accounts', 'office', 'orders'].map(
      (name) => new MeshedService(shop, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: [MeshPort.http(8080)] }),
    );
    const edge = new ZeroTrustNamespace(this, 'edge', { dataPlane });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert', listeners: [GatewayListener.redirectToHttps()] });

    // Everybody may look around; who has a token is greeted by name, and a wrong one is refused.
    gateway.expose(web, { host: 'shop.example.com', usersAtGateway: [{ issuer: customers, optional: true }] });
    // Nothing of an account leaves the gateway without a token, and the service's own proxy looks at it once more.
    gateway.expose(accounts, {
      host: 'shop.example.com',
      pathPrefix: '/account',
      usersAtGateway: [{ issuer: customers }],
      user: { issuer: customers },
    });
    // Two issuers: our own people in two groups, and whomever the partners sent.
    const usersAtGateway = [{ issuer: staff, claims: { groups: ['sales', 'support'] } }, { issuer: partners }];
    gateway.expose(office, { host: 'office.example.com', usersAtGateway });

    accounts.calls(orders, { http: [HttpAccess.get('/orders', '/orders/*')] });
    // The office reads orders by itself; money goes back for a clerk alone, whose token it hands on.
    office.calls(orders, { http: [HttpAccess.get('/orders', '/orders/*')] });
    office.calls(orders, {
      http: [HttpAccess.post('/refunds/*')],
      user: { issuer: staff, claims: { '[realm_access][roles]': ['clerk'] } },
    });
  }
}

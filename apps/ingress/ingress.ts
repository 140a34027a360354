// One gateway for a whole cluster: hosts with a certificate each, partners who show one of theirs, TLS that a service ends itself, a database's port,
// and hosts that another team looks after.
import { Chart, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  type DataPlane,
  GatewayCertificate,
  GatewayListener,
  IngressGateway,
  MeshedService,
  type MeshNamespace,
  MeshPort,
  PathRewrite,
  RequestMatch,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface IngressShopProps {
  /** How the pods join the mesh. */
  readonly dataPlane: DataPlane;
}

const image = (name: string): string => `ghcr.io/acme/${name}:1.0.0`;

export class IngressShop extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: IngressShopProps) {
    super(scope, id);
    const [shop, search, edge] = ['shop', 'search', 'edge'].map((name) => new ZeroTrustNamespace(this, name, { dataPlane }));
    const gateway = this.gateway(edge);
    this.shop(shop, gateway);
    this.search(search, gateway);
  }

  private gateway(edge: MeshNamespace): IngressGateway {
    return new IngressGateway(edge, 'gateway', {
      listeners: [
        GatewayListener.https({
          hosts: ['shop.example.com', 'www.example.com'],
          certificate: GatewayCertificate.issuedBy({ issuer: 'letsencrypt' }),
        }),
        // The certificate of the old shop is where the shop is.
        GatewayListener.https({
          hosts: ['*.old.example.com'],
          certificate: GatewayCertificate.secret('old-shop', { namespaceName: 'shop' }),
        }),
        // Partners show a certificate; who signs theirs is in the same Secret, under ca.crt.
        GatewayListener.mutualTls({ hosts: ['partners.example.com'], certificate: GatewayCertificate.secret('partners') }),
        GatewayListener.tlsPassthrough({ hosts: ['vault.example.com'] }),
        GatewayListener.tcp(5432),
        GatewayListener.redirectToHttps(),
      ],
      pods: { autoscaling: { minReplicas: 2, maxReplicas: 8 }, resources: { cpuMillis: 500, memoryMebibytes: 256 } },
      service: { keepsClientAddress: true, annotations: { 'service.example.com/load-balancer-type': 'network' } },
    });
  }

  private shop(shop: ZeroTrustNamespace, gateway: IngressGateway): void {
    const web = new MeshedService(shop, 'web', { image: image('web'), ports: [MeshPort.http(8080)] });
    const orders = new MeshedService(shop, 'orders', {
      image: image('orders'),
      ports: [MeshPort.http(8080)],
      timeout: Duration.seconds(5),
    });
    const prices = new MeshedService(shop, 'prices', { image: image('prices'), ports: [MeshPort.grpc(9090)] });
    const vault = new MeshedService(shop, 'vault', { image: image('vault'), ports: [MeshPort.https(8200)] });
    const ledger = new MeshedService(shop, 'ledger', { image: image('ledger'), ports: [MeshPort.tcp(5432)] });

    gateway.expose(web, { host: 'shop.example.com', moreHosts: ['www.example.com', 'fr.old.example.com'] });
    // /api is the gateway's word; the service knows its orders below /.
    gateway.expose(orders, { host: 'shop.example.com', pathPrefix: '/api/orders', rewrite: { path: PathRewrite.prefix('/orders') } });
    gateway.expose(orders, {
      host: 'partners.example.com',
      match: [RequestMatch.all([RequestMatch.httpMethod('POST'), RequestMatch.path('/orders')])],
      timeout: Duration.seconds(30),
      routeName: 'orders-partners',
    });
    gateway.expose(prices, { host: 'partners.example.com', pathPrefix: '/acme.Prices' });
    gateway.expose(vault, { host: 'vault.example.com' });
    gateway.expose(ledger, {});
  }

  /** A team with hosts of its own: its certificate stays in its namespace, and it exposes what it likes. */
  private search(search: ZeroTrustNamespace, gateway: IngressGateway): void {
    const certificate = GatewayCertificate.secret('search-cert');
    const theirs = gateway.delegateHosts(search, { listeners: [GatewayListener.https({ hosts: ['search.example.com'], certificate })] });
    const index = new MeshedService(search, 'index', { image: image('index'), ports: [MeshPort.http(8080)] });
    theirs.expose(index, { host: 'search.example.com', pathPattern: '/v[0-9]+/search' });
  }
}

// A shop that moves from sidecars to ambient while it is open: calls by methods and paths, a canary half way, a payment provider outside, a gateway, and a
// back office whose namespace keeps its sidecars. Nothing in this file changes on the way but the data plane that it is given.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CanaryRelease,
  DataPlane,
  ExternalPort,
  ExternalService,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface MovingShopProps {
  /** How the pods of the shop and of its gateway join the mesh: `STAGES` of stages.ts, one after the other. */
  readonly dataPlane: DataPlane;
}

const PORTS = [MeshPort.http(8080)];

export class MovingShop extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: MovingShopProps) {
    super(scope, id);

    const edge = new MeshNamespace(this, 'edge', { dataPlane });
    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });

    const web = new MeshedService(shop, 'web', { image: imageOf('web', '5.0.0'), ports: PORTS });
    const cart = new MeshedService(shop, 'cart', { image: imageOf('cart', '1.9.1'), ports: PORTS });
    const product = new MeshedService(shop, 'product', { image: imageOf('product', '3.2.0'), ports: PORTS });

    web.calls(cart, { http: [HttpAccess.get('/cart/*'), HttpAccess.post('/cart/*')] });
    web.calls(product, { http: [HttpAccess.get('/products/*')] });
    cart.calls(product, { http: [HttpAccess.get('/products/*')] });
    product.access.denyAnyone({ http: [HttpAccess.anyMethod('/products/admin')] });

    // Half way through a release: one request in five meets v2, and testers do. It goes on as it is while pods move.
    new CanaryRelease(shop, 'product-v2', {
      service: product,
      canary: { version: 'v2', image: imageOf('product', '4.0.0') },
      steps: [20, 50, 100],
      step: 1,
      match: [RequestMatch.header('x-version', 'v2')],
    });

    const provider = new ExternalService(shop, 'provider', {
      host: 'api.pay.example.com',
      port: ExternalPort.https(),
      addresses: ['203.0.113.0/28'],
    });
    cart.calls(provider);

    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' });
    gateway.expose(web, { host: 'shop.example.com' });
    gateway.expose(product, { host: 'shop.example.com', pathPrefix: '/products' });

    this.addBackOffice(cart);
  }

  /** Another team's, which moves next year. A sidecar passes a waypoint by, so that the reports may use the whole port and not only some paths of it. */
  private addBackOffice(cart: MeshedService): void {
    const backOffice = new ZeroTrustNamespace(this, 'back-office', { dataPlane: DataPlane.sidecar() });
    const reports = new MeshedService(backOffice, 'reports', { image: imageOf('reports', '2.1.0'), ports: PORTS });
    reports.calls(cart);
  }
}

const imageOf = (name: string, tag: string): string => `ghcr.io/acme/${name}:${tag}`;

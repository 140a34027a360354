// New versions that take over step by step: of a cart that speaks HTTP, of prices that speak gRPC, and of a stock that is asked over plain TCP.
// To step forward or back, write another number after `step:`. Step 0 is the rollback, the last step the promotion.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CanaryRelease,
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  SessionAffinity,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface CanaryShopProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class CanaryShop extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: CanaryShopProps) {
    super(scope, id);

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const edge = new MeshNamespace(this, 'edge', { dataPlane });

    const web = new MeshedService(shop, 'web', { image: imageOf('web', '5.0.0'), ports: [MeshPort.http(8080)] });
    const cart = new MeshedService(shop, 'cart', { image: imageOf('cart', '1.9.1'), ports: [MeshPort.http(8080)] });
    const prices = new MeshedService(shop, 'prices', { image: imageOf('prices', '3.0.0'), ports: [MeshPort.grpc(9090)] });
    const stock = new MeshedService(shop, 'stock', { image: imageOf('stock', '7.2.0'), ports: [MeshPort.tcp(7000)] });

    web.calls(cart, { http: [HttpAccess.anyMethod('/cart/*')] });
    cart.calls(prices);
    cart.calls(stock);

    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' });
    gateway.expose(web, { host: 'shop.example.com' });
    gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });

    releaseCart(shop, cart);
    releasePrices(shop, prices);
    releaseStock(shop, stock);
  }
}

/** One request in ten meets the next version, one in twenty an experiment. Customers stay on what they met first, and testers choose by a header. */
function releaseCart(shop: ZeroTrustNamespace, cart: MeshedService): void {
  new CanaryRelease(shop, 'cart-v2', {
    service: cart,
    canary: { version: 'v2', image: imageOf('cart', '2.0.0') },
    steps: [10, 50, 95],
    step: 1,
    match: [RequestMatch.header('x-version', 'v2')],
    others: [
      { version: 'v3', image: imageOf('cart', '3.0.0-beta'), replicas: 1, weight: 5, match: [RequestMatch.header('x-version', 'v3')] },
    ],
    affinity: SessionAffinity.cookie({ name: 'cart-version' }),
  });
}

/** gRPC is HTTP: a header is what gRPC calls metadata. */
function releasePrices(shop: ZeroTrustNamespace, prices: MeshedService): void {
  new CanaryRelease(shop, 'prices-v2', {
    service: prices,
    canary: { version: 'v2', image: imageOf('prices', '4.0.0') },
    steps: [20, 60, 100],
    step: 1,
    match: [RequestMatch.header('x-version', 'v2')],
  });
}

/** Plain TCP has no headers: connections are shared out, each as a whole. Open ones stay where they are. */
function releaseStock(shop: ZeroTrustNamespace, stock: MeshedService): void {
  new CanaryRelease(shop, 'stock-v2', {
    service: stock,
    canary: { version: 'v2', image: imageOf('stock', '8.0.0') },
    steps: [20, 60, 100],
    step: 1,
  });
}

const imageOf = (name: string, tag: string): string => `ghcr.io/acme/${name}:${tag}`;

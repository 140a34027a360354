// Two versions of a cart side by side, of which one takes all requests. `live` below is the switch, and the way back.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  BlueGreenRelease,
  Color,
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface BlueGreenShopProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * The colour that takes all requests.
   * @default - LIVE
   */
  readonly live?: Color;
}

/** Color.GREEN is the switch. Back to Color.BLUE is the way back. */
const LIVE = Color.BLUE;

export class BlueGreenShop extends Chart {
  constructor(scope: Construct, id: string, { dataPlane, live = LIVE }: BlueGreenShopProps) {
    super(scope, id);

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const edge = new MeshNamespace(this, 'edge', { dataPlane });

    const web = new MeshedService(shop, 'web', { image: imageOf('web', '5.0.0'), ports: [MeshPort.http(8080)] });
    const cart = new MeshedService(shop, 'cart', {
      image: imageOf('cart', '1.9.1'), // blue, as version v1
      ports: [MeshPort.http(8080), MeshPort.tcp(7000)],
      replicas: 3,
    });
    web.calls(cart, { port: 8080, http: [HttpAccess.anyMethod('/cart/*')] });
    web.calls(cart, { port: 7000 });

    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' });
    gateway.expose(web, { host: 'shop.example.com' });
    gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });

    // Green has as many pods as blue all the time, so that either can take everything at once.
    new BlueGreenRelease(shop, 'cart-green', {
      service: cart,
      green: { version: 'v2', image: imageOf('cart', '2.0.0') },
      live,
      preview: [RequestMatch.header('x-preview', 'true')],
    });
  }
}

const imageOf = (name: string, tag: string): string => `ghcr.io/acme/${name}:${tag}`;

// A shop that goes on when a part of it is slow, fails or is gone: how long each service is waited for, what is tried again, which pods are left out, and
// which of them a request reaches.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  LoadBalancing,
  LocalityRouting,
  MeshedService,
  MeshedServiceProps,
  MeshNamespace,
  MeshPort,
  RetryCondition,
  TrafficDistribution,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface ResilientShopProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class ResilientShop extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: ResilientShopProps) {
    super(scope, id);

    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const edge = new MeshNamespace(this, 'edge', { dataPlane });

    // Each has less time than its caller: web 10 s, orders 8 s, payments and stock 6 s and 2 s.
    const web = addService(shop, 'web', { timeout: Duration.seconds(10) });
    const orders = addService(shop, 'orders', ORDERS);
    const payments = addService(shop, 'payments', PAYMENTS);
    const stock = addService(shop, 'stock', STOCK);
    const prices = addService(shop, 'prices', PRICES);
    const baskets = addService(shop, 'baskets', BASKETS);
    const pictures = addService(shop, 'pictures', PICTURES);

    web.calls(orders, { http: [HttpAccess.post('/orders')] });
    web.calls(prices);
    web.calls(baskets);
    web.calls(pictures);
    orders.calls(payments, { http: [HttpAccess.get('/payments/*'), HttpAccess.post('/payments')] });
    orders.calls(stock, { http: [HttpAccess.get('/stock/*'), HttpAccess.put('/stock/*')] });

    new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' }).expose(web, { host: 'shop.example.com' });
  }
}

type Options = Partial<Omit<MeshedServiceProps, 'image' | 'workload'>>;

const HTTP = [MeshPort.http(8080)];

/** An order may not be placed twice, so nobody tries again: not even Istio, which would do so twice. */
const ORDERS: Options = { timeout: Duration.seconds(8), retries: { attempts: 0 } };

/**
 * What proves that nothing was paid is tried again, for every method; a 503 for GET alone, as it may come after the payment.
 * A pod that fails five times is left out: as it is one of two, half of the pods may be.
 */
const PAYMENTS: Options = {
  timeout: Duration.seconds(6),
  retries: { attempts: 2, perTryTimeout: Duration.seconds(2), onStatus: [503], backoff: Duration.millis(100) },
  circuitBreaker: { maxConnections: 100, maxPendingRequests: 50, connectTimeout: Duration.seconds(1), consecutiveGatewayErrors: 5 },
};

/** To put the same number twice does no harm. At most a fifth of the requests are retries, so that they bring no slow pod down. */
const STOCK: Options = {
  replicas: 3,
  timeout: Duration.seconds(2),
  retries: {
    attempts: 2,
    perTryTimeout: Duration.millis(600),
    on: [RetryCondition.CONNECT_FAILURE, RetryCondition.RESET, RetryCondition.GATEWAY_ERROR],
    idempotent: true,
    budget: { percent: 20, minConcurrency: 3 },
  },
  circuitBreaker: {
    consecutiveServerErrors: 5,
    interval: Duration.seconds(5),
    baseEjectionTime: Duration.seconds(30),
    minHealthPercent: 50,
  },
};

/** A time for each port: a second for most, longer for exports, none for streams that stay open. Pods in the caller's zone come first. */
const PRICES: Options = {
  ports: [
    MeshPort.http(8080),
    MeshPort.http(8081, { suffix: 'export', timeout: Duration.seconds(9) }),
    MeshPort.grpc(9090, { streams: true }),
  ],
  timeout: Duration.seconds(1),
  trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE,
};

/** A customer's basket is in the memory of one pod. */
const BASKETS: Options = { loadBalancing: LoadBalancing.byCookie('basket', { ttl: Duration.hours(1), path: '/' }) };

/** New pods warm up, and another region stands in when none answers here. */
const PICTURES: Options = {
  replicas: 4,
  loadBalancing: LoadBalancing.leastRequest({
    warmup: { duration: Duration.minutes(1), minimumPercent: 10 },
    locality: LocalityRouting.failover({ callersIn: 'eu-west-1', goTo: 'eu-central-1' }),
  }),
};

function addService(scope: Construct, name: string, options: Options): MeshedService {
  return new MeshedService(scope, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: HTTP, ...options });
}

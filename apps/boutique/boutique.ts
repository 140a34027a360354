// Online Boutique, the gRPC shop that many talks about meshes show: a web page, what it asks for, a checkout that asks for more, a cart that
// keeps its items in Redis, and a load generator that plays the customers.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  ExternalPort,
  ExternalService,
  Findings,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshedServiceProps,
  MeshedWorker,
  MeshNamespace,
  MeshPort,
  PodVolume,
  RetryCondition,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface BoutiqueProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class Boutique extends Chart {
  constructor(scope: Construct, id: string, props: BoutiqueProps) {
    super(scope, id);

    const boutique = new ZeroTrustNamespace(this, 'boutique', { dataPlane: props.dataPlane });

    const redis = new MeshedService(boutique, 'redis-cart', {
      image: 'docker.io/library/redis:8-alpine',
      ports: [MeshPort.tcp(6379)],
      replicas: 1, // carts are in memory: two pods would know half of them each
      user: USER,
      volumes: [PodVolume.emptyDir('/data')],
    });

    const cart = addService(boutique, 'cartservice', { ports: [MeshPort.grpc(7070)], env: { REDIS_ADDR: 'redis-cart:6379' } });
    const catalog = addService(boutique, 'productcatalogservice', {
      ports: [MeshPort.grpc(3550)],
      // Every gRPC request is a POST: only what has not reached the server may be sent again.
      retries: { attempts: 2, on: [RetryCondition.CONNECT_FAILURE, RetryCondition.REFUSED_STREAM] },
    });
    const currency = addService(boutique, 'currencyservice', { ...PROFILED, ports: [MeshPort.grpc(7000)] });
    const payment = addService(boutique, 'paymentservice', { ...PROFILED, ports: [MeshPort.grpc(50051)] });
    const shipping = addService(boutique, 'shippingservice', { ports: [MeshPort.grpc(50051)] });
    const email = addService(boutique, 'emailservice', { ...PROFILED, ports: [MeshPort.grpc(5000, { targetPort: 8080 })] });
    const ads = addService(boutique, 'adservice', {
      ports: [MeshPort.grpc(9555)],
      timeout: Duration.seconds(1), // a page without an advertisement is better than a late one
      resources: { cpuMillis: 200, memoryMebibytes: 180, memoryLimitMebibytes: 300 },
    });
    const recommendation = addService(boutique, 'recommendationservice', {
      ...PROFILED,
      ports: [MeshPort.grpc(8080)],
      env: { ...PROFILED.env, ...addressesOf({ PRODUCT_CATALOG: 'productcatalogservice:3550' }) },
      resources: { memoryMebibytes: 220, memoryLimitMebibytes: 450 },
    });
    const checkout = addService(boutique, 'checkoutservice', {
      ports: [MeshPort.grpc(5050)],
      env: addressesOf({
        PRODUCT_CATALOG: 'productcatalogservice:3550',
        SHIPPING: 'shippingservice:50051',
        PAYMENT: 'paymentservice:50051',
        EMAIL: 'emailservice:5000',
        CURRENCY: 'currencyservice:7000',
        CART: 'cartservice:7070',
      }),
    });
    const frontend = addService(boutique, 'frontend', {
      ports: [MeshPort.http(80, { targetPort: 8080 })],
      readiness: WorkloadProbe.http('/_healthz'),
      env: addressesOf({
        PRODUCT_CATALOG: 'productcatalogservice:3550',
        CURRENCY: 'currencyservice:7000',
        CART: 'cartservice:7070',
        RECOMMENDATION: 'recommendationservice:8080',
        SHIPPING: 'shippingservice:50051',
        CHECKOUT: 'checkoutservice:5050',
        AD: 'adservice:9555',
        SHOPPING_ASSISTANT: 'shoppingassistantservice:80', // not there; the page only wants a name
      }),
    });

    cart.calls(redis);
    for (const asked of [catalog, currency, recommendation, ads]) frontend.calls(asked);
    frontend.calls(cart, { http: methodsOf('CartService', 'AddItem', 'GetCart', 'EmptyCart') });
    frontend.calls(shipping, { http: methodsOf('ShippingService', 'GetQuote') });
    frontend.calls(checkout, { http: methodsOf('CheckoutService', 'PlaceOrder') });
    recommendation.calls(catalog);
    checkout.calls(cart, { http: methodsOf('CartService', 'GetCart', 'EmptyCart') });
    checkout.calls(catalog);
    checkout.calls(currency);
    checkout.calls(shipping, { http: methodsOf('ShippingService', 'GetQuote', 'ShipOrder') });
    checkout.calls(payment, { http: methodsOf('PaymentService', 'Charge') });
    checkout.calls(email, { http: methodsOf('EmailService', 'SendOrderConfirmation') });

    const google = new ExternalService(boutique, 'google-apis', { host: '*.googleapis.com', port: ExternalPort.https() });
    for (const profiled of [currency, email, payment, recommendation]) profiled.calls(google);
    Findings.of(this).acknowledge('MESH209', 'the firewall of the cluster lets nobody out but to Google');

    addCustomers(boutique).calls(frontend);

    const edge = new MeshNamespace(this, 'edge', { dataPlane: props.dataPlane });
    new IngressGateway(edge, 'gateway', { tlsSecret: 'boutique-cert' }).expose(frontend, { host: 'boutique.example.com' });
  }
}

/** The images name no user, and without one the kubelet refuses to start them. */
const USER = 1000;

/** The key of a Google account, from a Secret that somebody else makes. */
const PROFILED = {
  volumes: [PodVolume.secret('/secrets/google', 'google-key')],
  env: { GOOGLE_APPLICATION_CREDENTIALS: '/secrets/google/key.json' },
};

type ServiceOptions = Pick<MeshedServiceProps, 'ports' | 'env' | 'timeout' | 'retries' | 'resources' | 'readiness' | 'volumes'>;

function addService(scope: Construct, name: string, options: ServiceOptions): MeshedService {
  const [{ targetPort }] = options.ports;
  return new MeshedService(scope, name, {
    ...options,
    image: imageOf(name),
    user: USER,
    env: { PORT: String(targetPort), ...options.env },
  });
}

function imageOf(name: string): string {
  return `us-central1-docker.pkg.dev/google-samples/microservices-demo/${name}:v0.10.3`;
}

/** What the programs want to know: `CART_SERVICE_ADDR=cartservice:7070`. */
function addressesOf(services: Readonly<Record<string, string>>): { [name: string]: string } {
  return Object.fromEntries(Object.entries(services).map(([name, address]) => [`${name}_SERVICE_ADDR`, address]));
}

/** A gRPC method is a path, and every call is a POST. */
function methodsOf(service: string, ...methods: string[]): HttpAccess[] {
  return [HttpAccess.post(...methods.map((method) => `/hipstershop.${service}/${method}`))];
}

/** Ten customers at a time, who listen on no port. */
function addCustomers(boutique: ZeroTrustNamespace): MeshedWorker {
  return new MeshedWorker(boutique, 'loadgenerator', {
    image: imageOf('loadgenerator'),
    replicas: 1,
    user: USER,
    env: { FRONTEND_ADDR: 'frontend:80', USERS: '10' },
    resources: { cpuMillis: 300, memoryMebibytes: 256, memoryLimitMebibytes: 512 },
  });
}

// Two services whose new versions are brought in by what is measured: the cart by Flagger, the search by Argo Rollouts. A release is a new image in this file.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  FlaggerHook,
  FlaggerMetric,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  ReleaseController,
  RolloutStep,
  ServiceIdentity,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface ProgressiveDeliveryProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

const PORTS = [MeshPort.http(80, { targetPort: 8080 })];

export class ProgressiveDelivery extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: ProgressiveDeliveryProps) {
    super(scope, id);

    const edge = new MeshNamespace(this, 'edge', { dataPlane });
    const shop = new ZeroTrustNamespace(this, 'shop', { dataPlane });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' });

    const web = new MeshedService(shop, 'web', { image: imageOf('web', '3.1.0'), ports: PORTS });
    const stock = new MeshedService(shop, 'stock', { image: imageOf('stock', '1.0.0'), ports: PORTS });

    const cart = new MeshedService(shop, 'cart', {
      image: imageOf('cart', '1.4.0'),
      ports: PORTS,
      readiness: WorkloadProbe.http('/ready'),
      replicas: 3,
      timeout: Duration.seconds(5),
      circuitBreaker: { maxPendingRequests: 100 },
      releaseController: byFlagger(),
    });

    const search = new MeshedService(shop, 'search', {
      image: imageOf('search', '2.0.0'),
      ports: PORTS,
      readiness: WorkloadProbe.http('/ready'),
      autoscaling: { minReplicas: 2, maxReplicas: 6 },
      timeout: Duration.seconds(2),
      releaseController: byArgoRollouts(),
    });

    // Flagger has it send requests to the version that is tried out, so that there is something to measure at night as well.
    const loadtester = new MeshedService(shop, 'loadtester', {
      image: 'ghcr.io/fluxcd/flagger-loadtester:0.35.0',
      ports: PORTS,
      replicas: 1,
      command: ['./loadtester', '-port', '8080'],
    });
    loadtester.access.allow(ServiceIdentity.of('flagger-system', 'flagger'), { http: [HttpAccess.post('/')] });
    loadtester.calls(cart, { http: [HttpAccess.get('/cart/*')] });

    web.calls(cart, { http: [HttpAccess.get('/cart/*'), HttpAccess.post('/cart/*')] });
    web.calls(search, { http: [HttpAccess.get('/search')] });
    cart.calls(stock, { http: [HttpAccess.get('/stock/*')] });

    gateway.expose(web, { host: 'shop.example.com' });
    gateway.expose(search, { host: 'search.example.com' });
  }
}

/** Five, twenty, fifty percent, then all; the shop's team says when it becomes the primary version. */
function byFlagger(): ReleaseController {
  return ReleaseController.flagger({
    interval: Duration.minutes(1),
    threshold: 3,
    stepWeights: [5, 20, 50],
    metrics: [FlaggerMetric.successRate(99), FlaggerMetric.duration(Duration.millis(500))],
    webhooks: [
      {
        name: 'load',
        hook: FlaggerHook.ROLLOUT,
        url: 'http://loadtester.shop/',
        timeout: Duration.seconds(5),
        metadata: { cmd: 'hey -z 1m -q 10 -c 2 http://cart-canary.shop/cart/1' },
      },
      { name: 'the shop team', hook: FlaggerHook.CONFIRM_PROMOTION, url: 'http://gate.ops.example.com/cart' },
    ],
  });
}

/** A tenth until somebody promotes it, half for ten minutes, then all; three bad minutes take it back. */
function byArgoRollouts(): ReleaseController {
  return ReleaseController.argoRollouts({
    steps: [RolloutStep.setWeight(10), RolloutStep.pause(), RolloutStep.setWeight(50), RolloutStep.pause(Duration.minutes(10))],
    metrics: [
      {
        name: 'success-rate',
        query: `sum(rate(istio_requests_total{destination_canonical_service="search",response_code!~"5.."}[2m])) / sum(rate(istio_requests_total{destination_canonical_service="search"}[2m]))`,
        successCondition: 'result[0] >= 0.99',
        failureLimit: 3,
      },
    ],
  });
}

const imageOf = (name: string, version: string): string => `ghcr.io/acme/${name}:${version}`;

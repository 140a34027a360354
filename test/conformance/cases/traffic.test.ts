import { Duration } from 'cdk8s';
import { type CircuitBreaker, type MeshedServiceProps, MeshPort, RetryCondition, type RetryPolicy, Routing } from 'istio-constructs';
import { service, shop } from '../../builders';
import { forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Answer, Cluster, Leg } from '../answer';
import { judged } from '../judged';
import { call, type Line } from '../requests';

/** What becomes of the requests of the product page to a cart that is so. */
async function answersOf(plane: Pick<PlaneUnderTest, 'dataPlane'>, props: Partial<MeshedServiceProps>, ...lines: readonly Line[]) {
  const { chart, cart, product } = shop(plane, props);
  product.calls(cart);
  const mesh = await judged(chart);
  const answers = await mesh.answers(lines.map((line) => call(product, cart, line)));
  expect(answers.map(({ allowed }) => allowed)).toEqual(lines.map(() => true));
  return answers;
}

const legsOf = (answers: readonly Answer[]): readonly Leg[] => answers.map(({ legs }) => legs.at(-1)!);

async function retriesOf(plane: PlaneUnderTest, retries: RetryPolicy, ...methods: readonly string[]) {
  const lines = methods.map((method) => ({ method }));
  return legsOf(await answersOf(plane, { retries }, ...lines)).map((leg) => leg.retries);
}

async function clusterOf(plane: PlaneUnderTest, circuitBreaker: CircuitBreaker): Promise<Cluster> {
  const [{ ways }] = await answersOf(plane, { circuitBreaker }, {});
  return ways[0].cluster!;
}

const SAFE = ['connect-failure', 'refused-stream', 'reset-before-request'];
const ISTIOS_OWN = ['cancelled', 'connect-failure', 'refused-stream', 'retriable-status-codes', 'unavailable'];

const EVERY_CONDITION = [
  RetryCondition.CONNECT_FAILURE,
  RetryCondition.REFUSED_STREAM,
  RetryCondition.RESET_BEFORE_REQUEST,
  RetryCondition.RESET,
  RetryCondition.SERVER_ERROR,
  RetryCondition.GATEWAY_ERROR,
  RetryCondition.RETRIABLE_4XX,
  RetryCondition.GRPC_CANCELLED,
  RetryCondition.GRPC_DEADLINE_EXCEEDED,
  RetryCondition.GRPC_INTERNAL,
  RetryCondition.GRPC_RESOURCE_EXHAUSTED,
  RetryCondition.GRPC_UNAVAILABLE,
];

describe('a timeout', () => {
  forEachPlane((plane) => {
    it('holds for every request', async () => {
      const answers = await answersOf(plane, { timeout: Duration.seconds(5) }, {}, { method: 'POST', path: '/a' });
      expect(legsOf(answers)).toMatchObject([{ timeout: '5s' }, { timeout: '5s' }]);
    });

    it('holds on each port that speaks HTTP', async () => {
      const ports = [MeshPort.http(8080), MeshPort.grpc(9090)];
      const answers = await answersOf(plane, { ports, timeout: Duration.seconds(5) }, { port: 8080 }, { port: 9090 });
      expect(legsOf(answers)).toMatchObject([{ timeout: '5s' }, { timeout: '5s' }]);
    });

    it('holds beside retries, which fit into it', async () => {
      const retries = { attempts: 2, perTryTimeout: Duration.seconds(3) };
      const answers = await answersOf(plane, { timeout: Duration.seconds(10), retries }, {});
      expect(legsOf(answers)).toMatchObject([{ timeout: '10s', retries: { attempts: 2, perTryTimeout: '3s' } }]);
    });

    it.each([
      ['Istio’s own API', Routing.istio()],
      ['the Gateway API', Routing.gatewayApi()],
    ])('holds alike by %s', async (_, routing) => {
      const answers = await answersOf(plane, { routing, timeout: Duration.seconds(5) }, {});
      expect(legsOf(answers)).toMatchObject([{ timeout: '5s' }]);
    });

    it('is none when none is said', async () => {
      const [{ legs }] = await answersOf(plane, {}, {});
      expect(legs.map((leg) => leg.timeout)).toEqual(legs.map(() => undefined));
    });
  });
});

describe('retries', () => {
  forEachPlane((plane) => {
    it('are as many as is said, each with its time', async () => {
      const policy: RetryPolicy = { attempts: 3, perTryTimeout: Duration.seconds(2), on: [RetryCondition.CONNECT_FAILURE] };
      expect(await retriesOf(plane, policy, 'GET')).toMatchObject([{ attempts: 3, perTryTimeout: '2s', on: ['connect-failure'] }]);
    });

    it('are of what is safe for every method when nothing else is said', async () => {
      expect(await retriesOf(plane, { attempts: 1 }, 'GET', 'POST')).toMatchObject([{ on: SAFE }, { on: SAFE }]);
    });

    it('are none when they are switched off, not even Istio’s own', async () => {
      const [retries] = await retriesOf(plane, { attempts: 0 }, 'GET');
      expect(retries?.attempts ?? 0).toBe(0);
    });

    it('do not process a request twice, unless its method bears it', async () => {
      const policy = { attempts: 1, on: [RetryCondition.CONNECT_FAILURE, RetryCondition.RESET] };
      const bold = { on: ['connect-failure', 'reset'] };
      const safe = { on: ['connect-failure', 'reset-before-request'] };
      expect(await retriesOf(plane, policy, 'GET', 'HEAD', 'OPTIONS', 'POST')).toMatchObject([bold, bold, bold, safe]);
    });

    it('are none for other methods when nothing safe is left', async () => {
      const [get, post] = await retriesOf(plane, { attempts: 1, on: [RetryCondition.RETRIABLE_4XX] }, 'GET', 'POST');
      expect(get).toMatchObject({ attempts: 1, on: ['retriable-4xx'] });
      expect(post?.attempts ?? 0).toBe(0);
    });

    it('are on every condition that there is, for every method of a service that bears it', async () => {
      const { chart, shop: namespace, product } = shop(plane);
      const services = EVERY_CONDITION.map((condition) =>
        service(namespace, `on-${condition}`, { retries: { attempts: 1, on: [condition], idempotent: true } }),
      );
      services.forEach((one) => product.calls(one));
      const mesh = await judged(chart);
      const answers = await mesh.answers(services.map((one) => call(product, one, { method: 'POST' })));
      expect(legsOf(answers).map((leg) => leg.retries?.on)).toEqual(EVERY_CONDITION.map((condition) => [condition]));
    });
  });

  forEachEnforcer((plane) => {
    it('are Istio’s own two when nothing is said, wherever somebody reads HTTP', async () => {
      const [{ legs }] = await answersOf(plane, {}, {});
      const own = [expect.objectContaining({ retries: expect.objectContaining({ attempts: 2, on: ISTIOS_OWN }) })];
      expect(legs).toEqual(plane.of<unknown[]>({ sidecar: own, ztunnel: [], waypoint: own }));
    });
  });
});

describe('a circuit breaker', () => {
  forEachPlane((plane) => {
    it('limits connections, requests that wait and requests at a time', async () => {
      const limits: CircuitBreaker = { maxConnections: 100, maxPendingRequests: 50, maxRequests: 80 };
      expect(await clusterOf(plane, limits)).toMatchObject(limits);
    });

    it('leaves out a pod that answers with gateway errors, and only with these', async () => {
      const cluster = await clusterOf(plane, {
        consecutiveGatewayErrors: 5,
        interval: Duration.seconds(20),
        baseEjectionTime: Duration.seconds(40),
        maxEjectionPercent: 50,
      });
      expect(cluster.outlierDetection).toMatchObject({
        consecutiveGatewayErrors: 5,
        consecutive5xxErrors: 0,
        interval: '20s',
        baseEjectionTime: '40s',
        maxEjectionPercent: 50,
      });
    });

    it('leaves out a pod that answers with server errors', async () => {
      const { outlierDetection } = await clusterOf(plane, { consecutiveServerErrors: 7 });
      expect(outlierDetection).toMatchObject({ consecutive5xxErrors: 7 });
      expect(outlierDetection?.consecutiveGatewayErrors ?? 0).toBe(0);
    });

    it('leaves out no pod when it only limits', async () => {
      expect(await clusterOf(plane, { maxRequests: 10 })).not.toHaveProperty('outlierDetection');
    });

    it('holds on a port that does not speak HTTP', async () => {
      const props = { ports: [MeshPort.tcp(9000)], circuitBreaker: { maxConnections: 3 } };
      const [{ ways }] = await answersOf(plane, props, { port: 9000 });
      expect(ways).toMatchObject([{ cluster: { maxConnections: 3 } }]);
    });

    it('says nothing about services beside it', async () => {
      const { chart, cart, product } = shop(plane, { circuitBreaker: { maxConnections: 3 } });
      cart.calls(product);
      const mesh = await judged(chart);
      const { ways } = await mesh.answer(call(cart, product));
      expect(ways.map(({ cluster }) => cluster?.maxConnections)).not.toContain(3);
    });
  });
});

import { Duration } from 'cdk8s';
import {
  type CircuitBreaker,
  LoadBalancing,
  LocalityRouting,
  type MeshedServiceProps,
  MeshPort,
  TrafficDistribution,
  UpstreamProtocol,
  type Warmup,
} from 'istio-constructs';
import { canary, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Answer, Cluster } from '../answer';
import { judged } from '../judged';
import { call, type Line } from '../requests';

/** What becomes of requests of the product page to a cart that is so. */
async function answersOf(plane: PlaneUnderTest, props: Partial<MeshedServiceProps>, ...lines: readonly Line[]): Promise<readonly Answer[]> {
  const { chart, cart, product } = shop(plane, props);
  product.calls(cart);
  const mesh = await judged(chart);
  const answers = await mesh.answers((lines.length > 0 ? lines : [{}]).map((line) => call(product, cart, line)));
  expect(answers.map(({ allowed }) => allowed)).toEqual(answers.map(() => true));
  return answers;
}

async function clusterOf(plane: PlaneUnderTest, props: Partial<MeshedServiceProps>, line: Line = {}): Promise<Cluster> {
  const [{ ways }] = await answersOf(plane, props, line);
  return ways[0].cluster!;
}

const brokenBy = async (plane: PlaneUnderTest, circuitBreaker: CircuitBreaker, replicas?: number) =>
  clusterOf(plane, { circuitBreaker, replicas });

describe('a timeout of a port', () => {
  forEachPlane((plane) => {
    it('goes before that of the service, and a port of streams has none', async () => {
      const ports = [
        MeshPort.http(8080),
        MeshPort.http(8081, { suffix: 'slow', timeout: Duration.seconds(60) }),
        MeshPort.grpc(9090, { streams: true }),
      ];
      const answers = await answersOf(plane, { ports, timeout: Duration.seconds(5) }, { port: 8080 }, { port: 8081 }, { port: 9090 });
      expect(answers.map(({ legs }) => legs.at(-1)!.timeout)).toEqual(['5s', '1m', undefined]);
    });

    it('is enough by itself', async () => {
      const ports = [MeshPort.http(8080), MeshPort.grpc(9090, { timeout: Duration.seconds(2) })];
      const answers = await answersOf(plane, { ports }, { port: 8080 }, { port: 9090 });
      expect(answers.map(({ legs }) => legs.at(-1)!.timeout)).toEqual([undefined, '2s']);
    });
  });
});

describe('a circuit breaker', () => {
  forEachPlane((plane) => {
    it('keeps connections as is said', async () => {
      const cluster = await brokenBy(plane, {
        connectTimeout: Duration.seconds(2),
        idleTimeout: Duration.minutes(5),
        maxConnectionDuration: Duration.minutes(30),
        maxRequestsPerConnection: 100,
        maxRetries: 3,
        tcpKeepalive: { probes: 3, idle: Duration.seconds(60), interval: Duration.seconds(10) },
      });
      expect(cluster).toMatchObject({
        connectTimeout: '2s',
        idleTimeout: '5m',
        maxConnectionDuration: '30m',
        maxRequestsPerConnection: 100,
        maxRetries: 3,
        tcpKeepalive: { probes: 3, time: 60, interval: 10 },
      });
    });

    it('has a time of its own for idle connections of HTTP', async () => {
      const limits: CircuitBreaker = { idleTimeout: Duration.minutes(5), httpIdleTimeout: Duration.seconds(20) };
      expect(await brokenBy(plane, limits)).toMatchObject({ idleTimeout: '20s' });
    });

    it('keeps connections of HTTP/2 as is said, where that is spoken', async () => {
      const http2Keepalive = { interval: Duration.seconds(30), timeout: Duration.seconds(5) };
      const circuitBreaker: CircuitBreaker = { maxConcurrentStreams: 50, http2Keepalive };
      const cluster = await clusterOf(plane, { ports: [MeshPort.grpc(8080)], circuitBreaker });
      expect(cluster.http2).toMatchObject({ maxConcurrentStreams: 50, pingInterval: '30s', pingTimeout: '5s' });
    });

    it('chooses the HTTP that is spoken', async () => {
      expect(await brokenBy(plane, { upstreamProtocol: UpstreamProtocol.HTTP2 })).toHaveProperty('http2');
      expect(await brokenBy(plane, { upstreamProtocol: UpstreamProtocol.AS_DECLARED })).not.toHaveProperty('http2');
      expect(await brokenBy(plane, { upstreamProtocol: UpstreamProtocol.AS_CALLER })).toMatchObject({ usesClientProtocol: true });
    });

    it('counts tries that reached no pod by themselves, and keeps some pods', async () => {
      const cluster = await brokenBy(plane, { consecutiveLocalOriginFailures: 4, minHealthPercent: 30 });
      expect(cluster).toMatchObject({ minHealthPercent: 30, outlierDetection: { consecutiveLocalOriginFailures: 4 } });
    });

    it.each([
      [1, 100],
      [2, 50],
      [3, 34],
      [20, 10],
    ])('may leave out one of %d pods when nothing else is said', async (replicas, most) => {
      const { outlierDetection } = await brokenBy(plane, { consecutiveServerErrors: 5 }, replicas);
      expect(outlierDetection?.maxEjectionPercent).toBe(most);
    });

    it('does so by the fewest pods that an autoscaler leaves', async () => {
      const props = { circuitBreaker: { consecutiveServerErrors: 5 }, autoscaling: { minReplicas: 4, maxReplicas: 10 } };
      const { outlierDetection } = await clusterOf(plane, props);
      expect(outlierDetection?.maxEjectionPercent).toBe(25);
    });
  });
});

const NEAR = [TrafficDistribution.PREFER_SAME_ZONE, TrafficDistribution.PREFER_SAME_ZONE, TrafficDistribution.PREFER_SAME_NODE];

describe('load balancing', () => {
  forEachPlane((plane) => {
    const balanced = async (loadBalancing: LoadBalancing, line?: Line) => clusterOf(plane, { loadBalancing }, line);
    const warmup: Warmup = { duration: Duration.minutes(1), minimumPercent: 20, aggression: 2 };
    const slowStart = { window: '1m', minWeightPercent: 20, aggression: 2 };

    it('is by turns, by load or by chance', async () => {
      expect(await balanced(LoadBalancing.roundRobin())).toMatchObject({ loadBalancer: 'ROUND_ROBIN' });
      expect(await balanced(LoadBalancing.random())).toMatchObject({ loadBalancer: 'RANDOM' });
      expect(await balanced(LoadBalancing.leastRequest())).not.toHaveProperty('loadBalancer');
    });

    it('lets new pods grow warm', async () => {
      expect(await balanced(LoadBalancing.roundRobin({ warmup }))).toMatchObject({ loadBalancer: 'ROUND_ROBIN', slowStart });
      expect(await balanced(LoadBalancing.leastRequest({ warmup }))).toMatchObject({ slowStart });
    });

    it.each([
      ['a header', LoadBalancing.byHeader('x-user'), 'header x-user'],
      ['a query parameter', LoadBalancing.byQueryParam('user'), 'query user'],
      ['a cookie', LoadBalancing.byCookie('user', { ttl: Duration.hours(1), path: '/' }), 'cookie user 1h /'],
      ['the caller’s address', LoadBalancing.bySourceIp(), 'source address'],
    ])('keeps requests to one pod by %s', async (_, loadBalancing, hash) => {
      const [{ legs, ways }] = await answersOf(plane, { loadBalancing });
      expect(legs.at(-1)).toMatchObject({ hash });
      expect(ways).toMatchObject([{ cluster: { loadBalancer: 'RING_HASH' } }]);
    });

    it('holds for each version of a release', async () => {
      const { chart, cart, product } = shop(plane, { loadBalancing: LoadBalancing.byHeader('x-user') });
      product.calls(cart);
      canary(cart);
      const mesh = await judged(chart);
      const { ways, legs } = await mesh.answer(call(product, cart));
      expect(ways.map(({ cluster }) => cluster?.loadBalancer)).toEqual(['RING_HASH', 'RING_HASH']);
      expect(legs.at(-1)).toMatchObject({ hash: 'header x-user' });
    });

    it('moves on to another region when pods are left out, for which it brings what leaves them out', async () => {
      const locality = LocalityRouting.failover({ callersIn: 'eu-west-1', goTo: 'eu-central-1' });
      const outlierDetection = { consecutiveGatewayErrors: 5, maxEjectionPercent: 100 };
      expect(await balanced(LoadBalancing.leastRequest({ locality }))).toMatchObject({ byLocality: true, outlierDetection });
    });

    it('leaves a circuit breaker as it was said', async () => {
      const loadBalancing = LoadBalancing.random({ locality: LocalityRouting.failoverByLabels('topology.kubernetes.io/zone') });
      const cluster = await clusterOf(plane, { loadBalancing, circuitBreaker: { consecutiveServerErrors: 3, maxEjectionPercent: 60 } });
      expect(cluster).toMatchObject({ byLocality: true, outlierDetection: { consecutive5xxErrors: 3, maxEjectionPercent: 60 } });
    });

    it('shares requests out between zones', async () => {
      const locality = LocalityRouting.distribute({
        callersIn: 'eu-west-1/*',
        shares: { 'eu-west-1/eu-west-1a/*': 80, 'eu-west-1/eu-west-1b/*': 20 },
      });
      const cluster = await balanced(LoadBalancing.roundRobin({ locality }));
      expect(cluster).toMatchObject({ byLocality: true });
      expect(cluster).not.toHaveProperty('outlierDetection');
    });

    it('looks at no zones where that is said', async () => {
      const cluster = await balanced(LoadBalancing.bySourceIp({ locality: LocalityRouting.off() }));
      expect(cluster).not.toHaveProperty('byLocality');
      expect(cluster).not.toHaveProperty('outlierDetection');
    });

    it.each([LocalityRouting.off()])('says so for every hash', async (locality) => {
      const hashes = [
        LoadBalancing.byHeader('a', { locality }),
        LoadBalancing.byQueryParam('a', { locality }),
        LoadBalancing.byCookie('a', { locality }),
      ];
      for (const hash of hashes) expect(await balanced(hash)).toMatchObject({ loadBalancer: 'RING_HASH' });
    });

    it('prefers pods near the caller by the word of the Service, without a waypoint', async () => {
      for (const trafficDistribution of NEAR) {
        const { chart, cart, product } = shop(plane, { trafficDistribution });
        product.calls(cart);
        const mesh = await judged(chart);
        const answer = await mesh.answer(call(product, cart));
        expect(answer.legs).toHaveLength(plane.of({ sidecar: 1, ambient: 0 }));
        // What ztunnel reads of it is no part of an answer.
        expect(answer.ways.map(({ cluster }) => cluster?.byLocality)).toEqual([plane.of({ sidecar: true, ambient: undefined })]);
      }
    });
  });
});

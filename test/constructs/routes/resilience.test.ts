import { ApiObject, Duration } from 'cdk8s';
import {
  type CircuitBreaker,
  DataPlane,
  GatewayApi,
  LoadBalancing,
  LocalityRouting,
  Mesh,
  MeshedService,
  MeshPort,
  RetryCondition,
  Routing,
  TrafficDistribution,
} from 'istio-constructs';
import { canary, edgeGateway, findingCodes, manifests, names, newChart, service, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const STATUSES = { attempts: 3, on: [RetryCondition.CONNECT_FAILURE, RetryCondition.REFUSED_STREAM], onStatus: [503] };
const SIDECAR = { dataPlane: DataPlane.sidecar() };
const RETRY = { attempts: 3, codes: [503] };

describe('the bundle of the Gateway API', () => {
  forEachPlane((plane) => {
    const later = (retries: object, routing?: Routing) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { gatewayApi: GatewayApi.V1_7 });
      const edge = edgeGateway(chart, plane.dataPlane);
      const cart = service(edge.node.scope!, 'cart', { retries: { ...STATUSES, ...retries }, routing });
      edge.expose(cart, { host: 'shop.example.com' });
      return chart;
    };

    it('decides whether a route with retries is an HTTPRoute', () => {
      const chart = later({ idempotent: true }, Routing.gatewayApi());
      expect(spec(chart, 'HTTPRoute', 'cart').rules).toMatchObject([{ retry: RETRY }]);
      expect(findingCodes(chart)).not.toContain('MESH309');
      const { chart: older } = shop(plane, { retries: STATUSES, routing: Routing.gatewayApi() });
      expect(findingCodes(older)).toContain('MESH309');
    });

    it('has a rule for methods that bear retries, and one for all others', () => {
      const { rules } = spec(later({}, Routing.gatewayApi()), 'HTTPRoute', 'cart') as {
        rules: Array<{ name: string; matches: Array<{ method?: string }> }>;
      };
      expect(rules.map(({ name, matches }) => [name, matches.map(({ method }) => method)])).toEqual([
        ['idempotent', ['GET', 'HEAD', 'OPTIONS']],
        ['other-methods', [undefined]],
      ]);
      expect(rules).toMatchObject([{ retry: RETRY }, { retry: { attempts: 3 } }]);
    });

    it('brings retries into the gateway’s own route where it sends by itself, and tells what HTTPRoute cannot say', () => {
      const whole = later({ idempotent: true });
      const { rules } = spec(whole, 'HTTPRoute', 'cart-gateway');
      expect(rules).toMatchObject([plane.of<object>({ sidecar: { retry: RETRY }, ambient: {} })]);
      expect(JSON.stringify(rules).includes('retry')).toBe(plane.of({ sidecar: true, ambient: false }));
      expect(findingCodes(whole)).not.toContain('MESH401');
      const part = later({ idempotent: true, on: [RetryCondition.RESET] });
      expect(findingCodes(part).includes('MESH401')).toBe(plane.of({ sidecar: true, ambient: false }));
    });

    it('keeps at the gateway what may not be processed twice from statuses', () => {
      const { rules } = spec(later({}), 'HTTPRoute', 'cart-gateway') as {
        rules: Array<{ matches: Array<{ method?: string }>; retry?: object }>;
      };
      const said = rules.map(({ matches, retry }) => [matches.map(({ method }) => method), retry]);
      const divided = [
        [['GET', 'HEAD', 'OPTIONS'], RETRY],
        [[undefined], { attempts: 3 }],
      ];
      expect(said).toEqual(plane.of<unknown>({ sidecar: divided, ambient: [[[undefined], undefined]] }));
    });

    it('has no word for no retries, which a finding tells', () => {
      expect(findingCodes(later({ attempts: 0 }))).toEqual(expect.arrayContaining(['MESH322']));
      expect(findingCodes(later({ attempts: 0 }))).not.toContain('MESH401');
    });
  });

  it('is one for the whole mesh', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { gatewayApi: GatewayApi.V1_7 });
    expectRefusal(() => new Mesh(chart, 'other', { gatewayApi: GatewayApi.V1_6 }), {
      code: 'MESH062',
      path: 'test/other',
      fix: 'one Mesh',
    });
  });
});

describe('the timeout of a port', () => {
  forEachPlane((plane) => {
    it('holds on that port alone', () => {
      const ports = [
        MeshPort.http(8080),
        MeshPort.grpc(9090, { streams: true }),
        MeshPort.http(81, { suffix: 'b', timeout: Duration.seconds(9) }),
      ];
      const { chart } = shop(plane, { ports, timeout: Duration.seconds(5) });
      const routes = manifests(chart).filter(({ kind }) => kind === plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }));
      const parts = routes.flatMap(({ spec: { http, rules } = {} }) => (http ?? rules) as Array<{ timeout?: string; timeouts?: object }>);
      expect(parts.map(({ timeout, timeouts }) => timeout ?? (timeouts as { request?: string } | undefined)?.request)).toEqual([
        '5s',
        undefined,
        '9s',
      ]);
    });

    it('is refused at a service that another program makes', () => {
      const ports = [MeshPort.http(8080, { streams: true })];
      const attributes = { namespaceName: 'billing', ports, dataPlane: plane.dataPlane };
      expectRefusal(() => MeshedService.fromAttributes(newChart(), 'invoice', attributes), {
        code: 'MESH715',
        path: 'test/invoice',
        fix: 'where',
      });
    });
  });
});

describe('ejection', () => {
  const shareOf = (replicas: number | undefined, breaker: CircuitBreaker = { consecutiveServerErrors: 5 }, kind = 'Deployment') => {
    const { chart, shop: scope } = shop(SIDECAR);
    const template = { spec: { containers: [{ name: 'main' }] } };
    const object = { apiVersion: 'apps/v1', kind, metadata: { name: 'legacy', namespace: 'shop' }, spec: { replicas, template } };
    MeshedService.fromWorkload(scope, 'legacy', new ApiObject(chart, 'legacy', object), {
      ports: [MeshPort.http(80)],
      circuitBreaker: breaker,
    });
    const { trafficPolicy } = spec(chart, 'DestinationRule', 'legacy') as {
      trafficPolicy: { outlierDetection: { maxEjectionPercent: number } };
    };
    return trafficPolicy.outlierDetection.maxEjectionPercent;
  };

  it('is of as many pods as a workload made elsewhere has, where it says so', () => {
    expect([shareOf(4), shareOf(1), shareOf(50)]).toEqual([25, 100, 10]);
    expect([shareOf(undefined), shareOf(undefined, undefined, 'DaemonSet')]).toEqual([50, 50]);
  });

  it('stays as it was said', () => {
    expect(shareOf(4, { consecutiveServerErrors: 5, maxEjectionPercent: 80 })).toBe(80);
  });

  it('comes with failover, and with nothing else', () => {
    const ruleOf = (loadBalancing: LoadBalancing) =>
      (spec(shop(SIDECAR, { loadBalancing }).chart, 'DestinationRule', 'cart') as { trafficPolicy: object }).trafficPolicy;
    const all = { outlierDetection: { consecutiveGatewayErrors: 5, maxEjectionPercent: 100 } };
    expect(ruleOf(LoadBalancing.roundRobin({ locality: LocalityRouting.failover() }))).toMatchObject(all);
    expect(ruleOf(LoadBalancing.roundRobin({ locality: LocalityRouting.off() }))).not.toHaveProperty('outlierDetection');
  });
});

describe('traffic distribution', () => {
  forEachPlane((plane) => {
    it('is a word of the Service and of the Service of each version, and needs no waypoint', () => {
      const { chart, cart } = shop(plane, { trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE });
      expect(spec(chart, 'Service', 'cart').trafficDistribution).toBe('PreferSameZone');
      expect(names(chart, 'Gateway')).toEqual([]);
      canary(cart, { weight: 5 });
      const services = manifests(chart).filter(({ kind, metadata }) => kind === 'Service' && metadata.name.startsWith('cart'));
      expect(services.map((one) => one.spec!.trafficDistribution)).toEqual(services.map(() => 'PreferSameZone'));
      expect(services).toHaveLength(plane.of({ sidecar: 1, ambient: 3 }));
    });

    it('is nothing where nobody says it', () => {
      expect(spec(shop(plane).chart, 'Service', 'cart')).not.toHaveProperty('trafficDistribution');
    });
  });
});

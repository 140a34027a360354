import { Duration } from 'cdk8s';
import { DataPlane, MeshedService, type MeshedServiceProps, MeshPort, type RetryPolicy, RetryCondition } from 'istio-constructs';
import { canary, findingCodes, names, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const HOST = 'cart.shop.svc.cluster.local';
const route = [{ destination: { host: HOST, port: { number: 8080 } } }];

describe('a timeout', () => {
  forEachPlane((plane) => {
    it.each([
      [Duration.seconds(10), '10s', '10s'],
      [Duration.millis(1500), '1.5s', '1s500ms'],
      [Duration.millis(250), '0.25s', '250ms'],
      [Duration.minutes(2), '120s', '120s'],
    ])('holds for all requests: %s', (timeout, virtualService, httpRoute) => {
      const { chart } = shop(plane, { timeout });
      const [kind, field] = plane.of({ sidecar: ['VirtualService', 'http'], ambient: ['HTTPRoute', 'rules'] });
      const expected = plane.of<object>({ sidecar: { timeout: virtualService }, ambient: { timeouts: { request: httpRoute } } });
      expect(spec(chart, kind, 'cart')[field]).toMatchObject([expected]);
    });

    it('holds for both versions of a release, and for those who match', () => {
      const { chart, cart } = shop(plane, { timeout: Duration.seconds(3) });
      canary(cart);
      const [kind, field] = plane.of({ sidecar: ['VirtualService', 'http'], ambient: ['HTTPRoute', 'rules'] });
      const expected = plane.of<object>({ sidecar: { timeout: '3s' }, ambient: { timeouts: { request: '3s' } } });
      expect(spec(chart, kind, 'cart')[field]).toEqual([expect.objectContaining(expected)]);
    });

    it('is written so that the API server takes it, however long it is', () => {
      const { chart } = shop(plane, { timeout: Duration.days(2) });
      const { http, rules } = spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart');
      const [{ timeout, timeouts }] = (http ?? rules) as Array<{ timeout?: string; timeouts?: { request: string } }>;
      expect(timeout ?? timeouts!.request).toMatch(plane.of({ sidecar: /^172800s$/, ambient: /^([0-9]{1,5}(h|m|s|ms)){1,4}$/ }));
    });
  });
});

describe('retries', () => {
  forEachPlane((plane) => {
    function routesOf(retries: RetryPolicy, more: Partial<MeshedServiceProps> = {}): unknown {
      return spec(shop(plane, { retries, ...more }).chart, 'VirtualService', 'cart').http;
    }

    it('are of what is safe for every method unless said otherwise', () => {
      const safe = 'connect-failure,refused-stream,reset-before-request';
      expect(routesOf({ attempts: 2 })).toEqual([{ retries: { attempts: 2, retryOn: safe }, route }]);
    });

    it('are switched off, against Istio’s own two', () => {
      expect(routesOf({ attempts: 0 })).toEqual([{ retries: { attempts: 0 }, route }]);
    });

    it('keep for methods that must not run twice what proves that nothing was processed, in a route of their own', () => {
      const on = [RetryCondition.CONNECT_FAILURE, RetryCondition.RESET];
      const perTryTimeout = '3s';
      expect(routesOf({ attempts: 2, perTryTimeout: Duration.seconds(3), on }, { timeout: Duration.seconds(10) })).toEqual([
        {
          name: 'idempotent',
          match: [{ method: { regex: 'GET|HEAD|OPTIONS' } }],
          timeout: '10s',
          retries: { attempts: 2, perTryTimeout, retryOn: 'connect-failure,reset' },
          route,
        },
        {
          name: 'other-methods',
          timeout: '10s',
          retries: { attempts: 2, perTryTimeout, retryOn: 'connect-failure,reset-before-request' },
          route,
        },
      ]);
    });

    it('are none for those methods when nothing proves it', () => {
      expect(routesOf({ attempts: 2, on: [RetryCondition.GATEWAY_ERROR] })).toMatchObject([
        { name: 'idempotent', retries: { attempts: 2, retryOn: 'gateway-error' } },
        { name: 'other-methods', retries: { attempts: 0 } },
      ]);
    });

    it('are for every method when the user promises that none does harm', () => {
      expect(routesOf({ attempts: 2, on: [RetryCondition.SERVER_ERROR], idempotent: true })).toEqual([
        { retries: { attempts: 2, retryOn: '5xx' }, route },
      ]);
    });

    it('hold in both routes of a release, for every version', () => {
      const { chart, cart } = shop(plane, { retries: { attempts: 1, on: [RetryCondition.RESET] } });
      canary(cart, { match: [] });
      expect(spec(chart, 'VirtualService', 'cart').http).toMatchObject([
        { name: 'canary-split-idempotent', match: [{ method: {} }], retries: { attempts: 1, retryOn: 'reset' }, route: [{}, {}] },
        { name: 'canary-split-other-methods', retries: { attempts: 1, retryOn: 'reset-before-request' }, route: [{}, {}] },
      ]);
    });

    it('are told of when other methods get fewer', () => {
      const { chart } = shop(plane, { retries: { attempts: 2, on: [RetryCondition.RESET] } });
      expect(findingCodes(chart)).toContain('MESH306');
    });

    it('fail the synth when they do not fit into the timeout', () => {
      const { chart } = shop(plane, { timeout: Duration.seconds(5), retries: { attempts: 2, perTryTimeout: Duration.seconds(2) } });
      expect(() => chart.toJson()).toThrow('MESH305');
    });

    it('bring a waypoint in ambient mode', () => {
      const { chart } = shop(plane, { retries: { attempts: 1 } });
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['shop/waypoint'] }));
    });
  });
});

describe('a circuit breaker', () => {
  forEachPlane((plane) => {
    it('limits connections and requests, and leaves failing pods out', () => {
      const circuitBreaker = {
        maxConnections: 100,
        maxPendingRequests: 50,
        maxRequests: 70,
        consecutiveGatewayErrors: 5,
        interval: Duration.seconds(10),
        baseEjectionTime: Duration.seconds(30),
        maxEjectionPercent: 50,
      };
      const { chart } = shop(plane, { circuitBreaker });
      expect(spec(chart, 'DestinationRule', 'cart', 'shop')).toEqual({
        host: HOST,
        trafficPolicy: {
          connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 50, http2MaxRequests: 70 } },
          outlierDetection: {
            consecutiveGatewayErrors: 5,
            consecutive5xxErrors: 0,
            interval: '10s',
            baseEjectionTime: '30s',
            maxEjectionPercent: 50,
          },
        },
      });
    });

    it('counts answers of 5xx when asked to, and says nothing of what was not asked for', () => {
      const { chart } = shop(plane, { circuitBreaker: { consecutiveServerErrors: 7 } });
      expect(spec(chart, 'DestinationRule', 'cart').trafficPolicy).toEqual({
        outlierDetection: { consecutive5xxErrors: 7, maxEjectionPercent: 50 },
      });
    });

    it('limits without leaving anybody out', () => {
      const { chart } = shop(plane, { circuitBreaker: { maxRequests: 7 } });
      expect(spec(chart, 'DestinationRule', 'cart').trafficPolicy).toEqual({ connectionPool: { http: { http2MaxRequests: 7 } } });
    });

    it('says nothing of TLS, which the mesh does by itself', () => {
      const { chart } = shop(plane, { circuitBreaker: { maxRequests: 7 } });
      expect(JSON.stringify(spec(chart, 'DestinationRule', 'cart'))).not.toContain('tls');
    });
  });

  it('needs no route of its own', () => {
    const { chart } = shop({ dataPlane: DataPlane.ambient() }, { circuitBreaker: { maxRequests: 7 } });
    expect([...names(chart, 'VirtualService'), ...names(chart, 'HTTPRoute')]).toEqual([]);
    expect(names(chart, 'Gateway')).toEqual(['shop/waypoint']);
  });
});

describe('a service without an HTTP port', () => {
  it.each([{ timeout: Duration.seconds(1) }, { retries: { attempts: 1 } }])('fails with %p, which is about requests', (props) => {
    const { shop: namespace } = shop({ dataPlane: DataPlane.sidecar() });
    const act = () => new MeshedService(namespace, 'db', { image: 'db', ports: [MeshPort.tcp(5432)], ...props });
    expectRefusal(act, { code: 'MESH035', path: 'test/shop/db', fix: 'MeshPort.http' });
  });
});

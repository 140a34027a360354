import {
  besideFlagger,
  flaggerRouter,
  flaggerServices,
  leftByFlagger,
  lostToFlagger,
  reducedByFlagger,
  sharedPortOf,
} from '../../../lib/planes/routers/flagger';
import { routingOf } from '../../../lib/planes/routers/routing';
import { MeshPort } from '../../../lib/values/workload/mesh-port';
import { retries, route, service } from '../../rules/model-builder';

const cart = service('cart');
const table = (parts: Parameters<typeof route>[1] = {}) => route(cart, { controller: 'flagger', ...parts });
const breaker = { circuitBreaker: { maxRequests: 5 } };

describe('the routing of a service that Flagger releases', () => {
  it('is Flagger’s, over Services of the names that it gives', () => {
    expect(flaggerServices(cart)).toEqual(['cart-primary', 'cart-canary']);
    for (const mode of ['sidecar', 'ambient'] as const) {
      const names = ['cart-primary', 'cart-canary'];
      expect(routingOf(table(), { mode }, false)).toMatchObject({ objects: [], versionServices: names, calledServices: names });
    }
  });

  it('shares out the requests of the first port that speaks HTTP', () => {
    const ports = [MeshPort.tcp(9000), MeshPort.grpc(9090), MeshPort.http(8080)].map((port) => port._facts);
    expect(sharedPortOf({ ports })).toMatchObject({ number: 9090 });
    expect(sharedPortOf({ ports: ports.slice(0, 1) })).toBeUndefined();
  });

  it('is an HTTPRoute only where nothing but a timeout is said of it', () => {
    expect(flaggerRouter(table({ timeoutMs: 9 }), 'gateway-api')).toBe('gateway-api');
    expect(flaggerRouter(table({ retries: retries() }), 'gateway-api')).toBe('istio');
    expect(flaggerRouter(table({ routing: 'gateway-api', retries: retries() }), 'istio')).toBe('gateway-api');
  });

  it('leaves to this program what hosts are said, where Flagger makes no DestinationRule', () => {
    expect(besideFlagger(table(breaker), 'istio').map(({ name }) => name)).toEqual(['cart']);
    expect(besideFlagger(table(breaker), 'gateway-api').map(({ name }) => name)).toEqual(['cart', 'cart-primary', 'cart-canary']);
    expect(besideFlagger(table(), 'gateway-api')).toEqual([]);
  });

  it('leaves behind what Flagger made with the other router, but for names that this program takes', () => {
    const named = (keys: ReturnType<typeof leftByFlagger>) => keys.map(({ kind, name }) => `${kind} ${name}`);
    expect(named(leftByFlagger(table(), 'istio', 'gateway-api'))).toEqual([
      'VirtualService cart',
      'DestinationRule cart-primary',
      'DestinationRule cart-canary',
    ]);
    expect(named(leftByFlagger(table(breaker), 'istio', 'gateway-api'))).toEqual(['VirtualService cart']);
    expect(named(leftByFlagger(table(), 'gateway-api', 'istio'))).toEqual(['HTTPRoute cart']);
    expect(leftByFlagger(table(), 'istio', 'istio')).toEqual([]);
  });

  it('knows what is left once its namespace has moved', () => {
    const moving = { mode: 'sidecar', migration: { wave: 0 } } as const;
    expect(routingOf(table(), moving, false).left?.ahead).toHaveLength(3);
    expect(routingOf(table({ retries: retries() }), moving, false).left?.ahead).toEqual([]);
    expect(routingOf(table(), { mode: 'sidecar' }, false).left?.ahead).toEqual([]);
  });

  it('loses what a Canary has no words for', () => {
    expect(lostToFlagger(table({ ...breaker, timeoutMs: 9, retries: retries() }))).toEqual([]);
    expect(lostToFlagger(table({ fault: { abort: { httpStatus: 503, percentage: 100 } } }))).toEqual(['fault']);
    const match = { headers: [], queryParams: [], path: { type: 'Exact', value: '/a' } } as const;
    expect(lostToFlagger(table({ rules: [{ name: 'a', matches: [match], backends: [] }] }))).toEqual(['routes for some requests only']);
  });

  it('keeps of retries that need two routes what holds in one', () => {
    expect(reducedByFlagger(table({ retries: retries({ conditions: ['gateway-error'] }) }))).toEqual(['retries']);
    expect(reducedByFlagger(table({ retries: retries() }))).toEqual([]);
  });
});

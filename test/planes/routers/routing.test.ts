import type { RouteRule } from '../../../lib/model/route';
import { lostAtGateway, type Routing, routingOf } from '../../../lib/planes/routers/routing';
import { HTTP, retries, route, service } from '../../rules/model-builder';

const SERVICES = ['cart-v1', 'cart-v2'];
const split: RouteRule = { name: 'split', matches: [], backends: ['v1', 'v2'].map((version) => ({ version, weight: 50 })) };

function routing(mode: 'sidecar' | 'ambient', parts: Parameters<typeof route>[1] = {}, isExposed = false): Routing {
  return routingOf(route(service('cart'), { versions: ['v1', 'v2'], ...parts }), { mode }, isExposed);
}

const kinds = ({ objects }: Routing) => [...new Set(objects.map(({ kind }) => kind))];

describe('the routing of a service', () => {
  it('is the API of its plane where nobody asks for another', () => {
    expect([routing('sidecar').router, routing('ambient').router]).toEqual(['istio', 'gateway-api']);
  });

  it('is the API that has the words, where the plane’s own has not', () => {
    expect(routing('ambient', { retries: retries() })).toMatchObject({ router: 'istio', lacks: [] });
    expect(routing('ambient', { timeoutMs: 9 }).router).toBe('gateway-api');
  });

  it('is HTTPRoute for retries too, where the cluster’s bundle has the words', () => {
    const said = { retries: retries({ conditions: ['connect-failure', 'refused-stream', '503'] }) };
    expect(routing('ambient', { ...said, gatewayApi: '1.7' })).toMatchObject({ router: 'gateway-api', lacks: [] });
    expect(routing('ambient', { ...said, gatewayApi: '1.6' }).router).toBe('istio');
    expect(routing('ambient', { retries: retries({ conditions: ['reset'] }), gatewayApi: '1.7' }).router).toBe('istio');
    expect(lostAtGateway(route(service('cart'), { ...said, gatewayApi: '1.7' }), { mode: 'sidecar' }, { pathPrefix: '/' })).toEqual([]);
  });

  it('is there for the timeout of a port alone, and not for a port of streams', () => {
    const at = (timeoutMs: number) => routingOf(route(service('cart', { ports: [{ ...HTTP, timeoutMs }] })), { mode: 'sidecar' }, false);
    expect([at(5), at(0)].map(kinds)).toEqual([['VirtualService'], []]);
  });

  it('is the one that is asked for by name, and says what that lacks', () => {
    expect(routing('sidecar', { routing: 'gateway-api', retries: retries() })).toMatchObject({ router: 'gateway-api', lacks: ['retries'] });
    expect(routing('ambient', { routing: 'istio' }).router).toBe('istio');
  });

  it('tells versions apart as its API does, and sends callers to the hosts that it names', () => {
    expect(routing('ambient', { rules: [split] })).toMatchObject({ versionServices: SERVICES, calledServices: SERVICES });
    expect(routing('sidecar', { rules: [split] })).toMatchObject({ versionServices: [], calledServices: [] });
    expect(kinds(routing('ambient', { rules: [split] }))).toEqual(['Service', 'HTTPRoute']);
    expect(kinds(routing('sidecar', { rules: [split] }))).toEqual(['DestinationRule', 'VirtualService']);
  });

  it('has no Services of versions while nothing tells them apart', () => {
    expect(routing('ambient', { timeoutMs: 9 }).versionServices).toEqual([]);
  });
});

describe('the routing of an exposed service', () => {
  // A gateway follows no route of the mesh and cannot name a subset; callers in the mesh go on as before.
  it('has Services of versions for a gateway that splits by itself', () => {
    expect(routing('sidecar', { rules: [split] }, true)).toMatchObject({ router: 'istio', versionServices: SERVICES, calledServices: [] });
  });

  it('leaves the split to the waypoint where there is one', () => {
    expect(routing('ambient', { rules: [split], retries: retries() }, true)).toMatchObject({ versionServices: [] });
    expect(lostAtGateway(route(service('cart'), { retries: retries() }), { mode: 'ambient' }, { pathPrefix: '/' })).toEqual([]);
  });

  it('loses at the gateway what HTTPRoute has no words for', () => {
    expect(lostAtGateway(route(service('cart'), { retries: retries(), timeoutMs: 9 }), { mode: 'sidecar' }, { pathPrefix: '/' })).toEqual([
      'retries',
    ]);
  });

  // Istio writes the new beginning of all paths without a slash before the rest of them; of some paths it does not.
  it('loses a new beginning of all paths where all are exposed, and keeps it where some are', () => {
    const table = route(service('cart'), { rewrite: { path: { replaces: 'matched', value: '/basket' } } });
    expect(lostAtGateway(table, { mode: 'sidecar' }, { pathPrefix: '/' })).toEqual(['rewrite']);
    expect(lostAtGateway(table, { mode: 'sidecar' }, { pathPrefix: '/cart' })).toEqual([]);
  });
});

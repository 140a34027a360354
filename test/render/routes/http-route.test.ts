import type { RouteModel } from '../../../lib/model/mesh-model';
import type { RouteMatch } from '../../../lib/model/route';
import { renderBackends, renderMeshRoute, renderRouteMatch } from '../../../lib/render/routes/http-route';
import { HTTP, route, service } from '../../rules/model-builder';

const PORT = { ...HTTP, number: 80 };
const SERVICE = { group: '', kind: 'Service', port: 80 };
const ANY_PATH = { type: 'PathPrefix', value: '/' };

const meshRoute = (parts: Partial<RouteModel>) => renderMeshRoute(route(service('cart'), parts), PORT);
const match = (parts: Partial<RouteMatch>): RouteMatch => ({ headers: [], queryParams: [], ...parts });

describe('an HTTPRoute of the mesh', () => {
  it('belongs to one port of the Service, and sends to the Service itself while there is nothing to share', () => {
    expect(meshRoute({ timeoutMs: 1500 })).toEqual({
      parentRefs: [{ ...SERVICE, name: 'cart' }],
      rules: [{ matches: [{ path: ANY_PATH }], timeouts: { request: '1s500ms' }, backendRefs: [{ ...SERVICE, name: 'cart', weight: 1 }] }],
    });
  });

  it('has its rules in order, each with its versions, and with the timeout of the service', () => {
    const beta = match({ path: { type: 'Exact', value: '/beta' } });
    const [v1, v2] = ['v1', 'v2'].map((version) => ({ version, weight: 50 }));
    const first = { name: 'first', matches: [beta], backends: [v2] };
    const rest = { name: 'rest', matches: [], backends: [v1, v2] };
    const timeouts = { request: '3s' };
    expect(meshRoute({ timeoutMs: 3000, rules: [first, rest] }).rules).toMatchObject([
      { name: 'first', timeouts, matches: [{ path: { type: 'Exact', value: '/beta' } }], backendRefs: [{ ...SERVICE, name: 'cart-v2' }] },
      { name: 'rest', timeouts, matches: [{ path: ANY_PATH }], backendRefs: [{ name: 'cart-v1' }, { name: 'cart-v2' }] },
    ]);
  });

  it('takes several matches of a rule as alternatives', () => {
    const paths = ['/a', '/b'].map((value) => ({ type: 'Exact', value }) as const);
    const rules = [{ name: 'first', matches: paths.map((path) => match({ path })), backends: [] }];
    expect(meshRoute({ rules }).rules![0].matches).toEqual(paths.map((path) => ({ path })));
  });
});

describe('a match of an HTTPRoute', () => {
  it('always has a path, which Istio’s own converter needs', () => {
    expect(renderRouteMatch(undefined)).toEqual({ path: ANY_PATH });
    const headers = [{ name: 'x-canary', type: 'Exact', value: 'true' } as const];
    expect(renderRouteMatch(match({ headers }))).toEqual({ path: ANY_PATH, headers });
  });

  it('asks for all that it says together', () => {
    const headers = [{ name: 'cookie', type: 'RegularExpression', value: 'a=.*' } as const];
    const queryParams = [{ name: 'beta', type: 'Exact', value: '1' } as const];
    const path = { type: 'PathPrefix', value: '/cart' } as const;
    expect(renderRouteMatch({ headers, queryParams, path })).toEqual({ headers, queryParams, path });
  });
});

describe('backends of an HTTPRoute', () => {
  const weights = (...shares: number[]) =>
    renderBackends(
      'cart',
      PORT,
      shares.map((weight, index) => ({ version: `v${index + 1}`, weight })),
    ).map(({ name, weight }) => [name, weight]);

  it('share requests by their weights, 0 too, which sends none', () => {
    expect(weights(95, 5)).toEqual([
      ['cart-v1', 95],
      ['cart-v2', 5],
    ]);
    expect(weights(100, 0)).toEqual([
      ['cart-v1', 100],
      ['cart-v2', 0],
    ]);
  });

  it('get everything where there is one, whatever its share was', () => {
    expect([weights(100), weights(0), weights()]).toEqual([[['cart-v1', 1]], [['cart-v1', 1]], [['cart', 1]]]);
  });
});

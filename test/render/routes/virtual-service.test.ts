import type { RouteModel } from '../../../lib/model/mesh-model';
import type { RouteMatch } from '../../../lib/model/route';
import { renderVirtualService } from '../../../lib/render/routes/virtual-service';
import { HTTP, route, service, TCP } from '../../rules/model-builder';

const HOST = 'cart.shop.svc.cluster.local';
const cart = service('cart', { ports: [{ ...HTTP, number: 80 }, TCP] });

const routes = (parts: Partial<RouteModel>, of = cart) => renderVirtualService(route(of, parts)).http!;
const to = (subset?: string, number = 80) => ({ destination: { host: HOST, ...(subset && { subset }), port: { number } } });
const match = (parts: Partial<RouteMatch>): RouteMatch => ({ headers: [], queryParams: [], ...parts });
const only = (...matches: RouteMatch[]) => ({ rules: [{ name: 'first', matches, backends: [{ version: 'v2', weight: 100 }] }] });

describe('a VirtualService', () => {
  it('is for the host of the service, and leaves ports alone that do not speak HTTP', () => {
    expect(renderVirtualService(route(cart, { timeoutMs: 1500 }))).toEqual({ hosts: [HOST], http: [{ timeout: '1.5s', route: [to()] }] });
  });

  it('shares requests among versions by weight; one version alone needs none', () => {
    const backends = [
      { version: 'v1', weight: 95 },
      { version: 'v2', weight: 5 },
    ];
    const rest = { name: 'rest', matches: [], backends };
    expect(routes({ rules: [...only(match({ path: { type: 'Exact', value: '/beta' } })).rules, rest] })).toEqual([
      { name: 'first', match: [{ uri: { exact: '/beta' } }], route: [to('v2')] },
      {
        name: 'rest',
        route: [
          { ...to('v1'), weight: 95 },
          { ...to('v2'), weight: 5 },
        ],
      },
    ]);
  });

  it('routes each port that speaks HTTP by itself, under a name of its own', () => {
    const two = service('cart', {
      ports: [
        { ...HTTP, number: 80 },
        { ...HTTP, name: 'grpc', number: 90 },
      ],
    });
    expect(routes(only(match({})), two)).toEqual([
      { name: 'first-http', match: [{ port: 80 }], route: [to('v2')] },
      { name: 'first-grpc', match: [{ port: 90 }], route: [to('v2', 90)] },
    ]);
    expect(routes({ timeoutMs: 1000 }, two)).toMatchObject([
      { name: 'http', match: [{ port: 80 }] },
      { name: 'grpc', match: [{ port: 90 }] },
    ]);
  });

  it('asks for all that a match says together, and takes several as alternatives', () => {
    const headers = [
      { name: 'x-canary', type: 'Exact', value: 'true' } as const,
      { name: 'cookie', type: 'RegularExpression', value: 'a=.*' } as const,
    ];
    const queryParams = [{ name: 'beta', type: 'Exact', value: '1' } as const];
    const [first] = routes(only(match({ headers, queryParams }), match({ path: { type: 'Exact', value: '/beta' } })));
    expect(first.match).toEqual([
      { headers: { 'x-canary': { exact: 'true' }, cookie: { regex: 'a=.*' } }, queryParams: { beta: { exact: '1' } } },
      { uri: { exact: '/beta' } },
    ]);
  });

  it('asks no match a second time, which no request would reach', () => {
    const to2 = { backends: [{ version: 'v2', weight: 100 }] };
    const beta = match({ path: { type: 'Exact', value: '/beta' } });
    const below = match({ path: { type: 'PathPrefix', value: '/beta' } });
    const rules = [
      { name: 'exact', matches: [beta], ...to2 },
      { name: 'prefix', matches: [below], ...to2 },
      { name: 'again', matches: [beta, below], ...to2 },
      { name: 'rest', matches: [], ...to2 },
    ];
    expect(routes({ rules }).map(({ name, match: asked }) => [name, asked])).toEqual([
      ['exact', [{ uri: { exact: '/beta' } }]],
      ['prefix', [{ uri: { prefix: '/beta/' } }]],
      ['rest', undefined],
    ]);
  });

  // Istio's prefix compares characters: /cart alone would take /carts along.
  it.each([
    ['/cart', ['/cart', '/cart/', '/cart/7'], ['/carts', '/car', '/']],
    ['/', ['/', '/cart'], []],
  ])('means whole parts of a path by the prefix %s', (value, inside, outside) => {
    const [{ match: uris }] = routes(only(match({ path: { type: 'PathPrefix', value } })));
    const takes = (path: string) =>
      uris!.some(({ uri }) => path === uri!.exact || (uri!.prefix !== undefined && path.startsWith(uri!.prefix)));
    expect([inside.filter(takes), outside.filter(takes)]).toEqual([inside, []]);
  });
});

import type { RouteMatch, RouteRule } from '../../../lib/model/route';
import type { RewriteFacts } from '../../../lib/model/route-features';
import { renderGatewayRoute } from '../../../lib/render/routes/gateway-route';
import { exposure, HTTP, other, route, service } from '../../rules/model-builder';

type Path = NonNullable<RouteMatch['path']>;

const cart = service('cart', { ports: [{ ...HTTP, number: 80, targetPort: 8080 }] });
const gateway = other('gateway', 'public', { namespaceName: 'edge' });
const CART = { group: '', kind: 'Service', name: 'cart', port: 80, weight: 1 };

const ruleFor = (...matches: RouteMatch[]): RouteRule => ({ name: 'first', matches, backends: [{ version: 'v2', weight: 100 }] });
const onPath = (type: Path['type'], value: string): RouteMatch => ({ headers: [], queryParams: [], path: { type, value } });

function gatewayRoute(rules: readonly RouteRule[], pathPrefix = '/', splitsHere = true): ReturnType<typeof renderGatewayRoute> {
  const table = route(cart, { rules, timeoutMs: 3000 });
  return renderGatewayRoute(exposure(cart, { gateway, pathPrefix, port: 80 }), table, splitsHere);
}

describe('the route of an exposed service', () => {
  it('belongs to one listener of the gateway, and to one host', () => {
    expect(gatewayRoute([])).toMatchObject({
      hostnames: ['shop.example.com'],
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'edge', sectionName: 'https' }],
    });
  });

  it('sends what is below its path to the Service, on the Service’s port', () => {
    const matches = [{ path: { type: 'PathPrefix', value: '/cart' } }];
    expect(gatewayRoute([], '/cart').rules).toEqual([{ matches, timeouts: { request: '3s' }, backendRefs: [CART] }]);
  });

  it('repeats the table of the service where no waypoint reads it', () => {
    const rest = { name: 'rest', matches: [], backends: ['v1', 'v2'].map((version) => ({ version, weight: 50 })) };
    const header = { headers: [{ name: 'x-canary', type: 'Exact', value: 'true' } as const], queryParams: [] };
    const path = { type: 'PathPrefix', value: '/cart' };
    expect(gatewayRoute([ruleFor(header), rest], '/cart').rules).toMatchObject([
      { matches: [{ path, headers: header.headers }], timeouts: { request: '3s' }, backendRefs: [{ name: 'cart-v2', weight: 1 }] },
      {
        matches: [{ path }],
        timeouts: { request: '3s' },
        backendRefs: [
          { name: 'cart-v1', weight: 50 },
          { name: 'cart-v2', weight: 50 },
        ],
      },
    ]);
  });

  it('leaves the table to the waypoint where there is one', () => {
    const matches = [{ path: { type: 'PathPrefix', value: '/cart' } }];
    expect(gatewayRoute([ruleFor(onPath('Exact', '/beta'))], '/cart', false).rules).toEqual([{ matches, backendRefs: [CART] }]);
  });

  describe('of a gateway that rewrites', () => {
    const strip = { path: { replaces: 'matched', value: '/' } } as const;
    const moved = { ...ruleFor(onPath('PathPrefix', '/basket')), redirect: { statusCode: 302, path: { ...strip.path, value: '/cart' } } };
    const routeOf = (splitsHere: boolean, rules: readonly RouteRule[], rewrite: RewriteFacts = strip) =>
      renderGatewayRoute(exposure(cart, { gateway, pathPrefix: '/shop', rewrite, port: 80 }), route(cart, { rules }), splitsHere).rules!;
    const redirectIn = (rule: object): unknown => (rule as { filters: Array<{ requestRedirect?: unknown }> }).filters[0].requestRedirect;
    const rest = { name: 'rest', matches: [], backends: [] };

    it.each([true, false])('redirects clients to paths in their own words, whoever splits: here %s', (splitsHere) => {
      const [first, other] = routeOf(splitsHere, [moved, rest]);
      expect(first).toMatchObject({ matches: [{ path: { type: 'PathPrefix', value: '/shop/basket' } }], backendRefs: undefined });
      expect(redirectIn(first)).toEqual({ statusCode: 302, path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/shop/cart' } });
      expect(other).toMatchObject({ matches: [{ path: { value: '/shop' } }], filters: [{ type: 'URLRewrite' }], backendRefs: [CART] });
    });

    it('leaves what goes before a redirect to the waypoint', () => {
      const kept = ruleFor(onPath('PathPrefix', '/basket/kept'));
      expect(routeOf(false, [kept, moved, rest])[0]).toMatchObject({
        matches: [{ path: { value: '/shop/basket/kept' } }],
        filters: [{ urlRewrite: { path: { replacePrefixMatch: '/basket/kept' } } }],
        backendRefs: [CART],
      });
    });

    it('leaves redirects to the waypoint where it changes no path', () => {
      expect(routeOf(false, [moved, rest], { authority: 'www.example.com' })).toHaveLength(1);
    });
  });

  it('has no rule for requests that lie elsewhere', () => {
    expect(gatewayRoute([ruleFor(onPath('Exact', '/product')), { ...ruleFor(), name: 'rest' }], '/cart').rules).toHaveLength(1);
  });

  const PATHS = ['/', '/a', '/a/', '/ab', '/a/b', '/a/b/', '/a/bc', '/a/b/c', '/b'];

  // Both hold: the request is below the exposed path, and the rule's own match takes it.
  it.each(['/', '/a', '/a/b'])('opens below %s exactly the requests that its rules take', (prefix) => {
    for (const match of PATHS.flatMap((value) => [onPath('Exact', value), onPath('PathPrefix', value.replace(/(.)\/$/, '$1'))])) {
      const rendered = gatewayRoute([ruleFor(match)], prefix).rules!.flatMap(({ matches }) => matches!.map(({ path }) => path as Path));
      const taken = PATHS.filter((path) => rendered.some((each) => takes(each, path)));
      const expected = PATHS.filter((path) => takes({ type: 'PathPrefix', value: prefix }, path) && takes(match.path!, path));
      expect({ match: match.path, taken }).toEqual({ match: match.path, taken: expected });
    }
  });
});

/** As the Gateway API compares paths: a prefix is whole parts, and a slash at its end means nothing. */
function takes({ type, value }: Path, path: string): boolean {
  return type === 'Exact' ? path === value : path === value || path.startsWith(value === '/' ? '/' : `${value}/`);
}

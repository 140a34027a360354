import fc from 'fast-check';
import { servicesOf } from '../../../lib/cluster/services/services';
import { workloadsOf } from '../../../lib/cluster/workloads/workloads';
import { decide } from '../../../lib/verdict/decide';
import { classAmong, reachOf } from '../../../lib/verdict/reach/reach';
import { manifestsOf, world } from '../../conformance/mesh-worlds';
import { clusterFrom, clusterOf } from '../../manifests';
import { linesFor } from '../samples';
import * as made from '../fixtures';

const WEB = made.deployment('web', 'web', 'v1');
const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS, WEB];
const HOST = { host: 'cart.shop.svc.cluster.local', port: 8080 };
const from = [{ workload: 'shop/web' }];
const CART = 'selector: {matchLabels: {app: cart}}';

function reached(...pieces: string[]) {
  const cluster = clusterFrom(...SHOP, ...pieces);
  const reach = reachOf(cluster, { from, to: HOST })!;
  const requests = reach.classes.map((one) => ({ one, request: reach.requestOf([...one.values.map(([first]) => first), one.tokens[0]]) }));
  const shown = (isMeant: boolean) =>
    requests.filter(({ one }) => one.answer.allowed === isMeant).map(({ request }) => `${request.method} ${request.path}`);
  return { cluster, reach, requests, allowed: shown(true), refused: shown(false) };
}

describe('all requests from one end to another', () => {
  it('are one class where nothing tells any apart', () => {
    expect(reached()).toMatchObject({ allowed: ['GET /'], refused: [] });
  });

  it('are divided by what policies ask', () => {
    const rule = '{to: [{operation: {methods: [GET], paths: [/items/*]}}]}';
    const { allowed, refused } = reached(
      made.policy('a', `${CART}, rules: [${rule}]`),
      made.policy('d', `${CART}, action: DENY, rules: [{to: [{operation: {paths: [/items/admin*]}}]}]`),
    );
    expect(allowed).toEqual(['GET /items/']);
    expect(refused).toEqual(['GET /items/admin', 'POST /items/', 'GET /']);
  });

  it('are divided by what faults do to them', () => {
    const fault = (share: number) => `fault: {abort: {httpStatus: 503, percentage: {value: ${share}}}}, `;
    const to = 'route: [{destination: {host: cart}}]';
    const routes = `{match: [{uri: {exact: /a}}], ${fault(100)}${to}}, {match: [{uri: {exact: /b}}], ${fault(50)}${to}}, {${to}}`;
    const { allowed, refused, requests } = reached(made.virtualService('cart', `hosts: [cart], http: [${routes}]`));
    expect({ allowed: [...allowed].sort(), refused }).toEqual({ allowed: ['GET /', 'GET /b'], refused: ['GET /a'] });
    const faults = requests.map(({ one, request }) => [request.path, one.answer.faults?.map(({ text }) => text)]);
    expect(Object.fromEntries(faults)).toEqual({ '/': undefined, '/a': undefined, '/b': ['50 % are answered 503'] });
  });

  it('are divided by where routes send them, and by what is asked of the paths that are sent on', () => {
    const routes = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
    - match: [{uri: {prefix: /v1/}}]
      rewrite: {uri: /}
      route: [{destination: {host: cart-v1}}]
    - match: [{headers: {x-test: {exact: "yes"}}}]
      route: [{destination: {host: cart-v2}}]
    - route: [{destination: {host: cart}}]
`;
    const { reach } = reached(routes, made.policy('a', `${CART}, rules: [{to: [{operation: {paths: [/items*]}}]}]`));
    const isAllowed = (path: string) => classAmong(reach, { path })!.answer.allowed;
    expect(['/items', '/v1/items', '/v1/items/1', '/v1/other', '/v1', '/other'].map(isAllowed)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    const toTest = classAmong(reach, { path: '/items', headers: { 'x-test': 'yes' } });
    expect(toTest?.answer).toMatchObject({ allowed: true });
  });

  it('are divided by headers, parameters and tokens', () => {
    const authentication = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: cart, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, jwtRules: [{issuer: us, jwksUri: "https://us.example.com/keys"}]}
`;
    const when = '{key: "request.auth.claims[role]", values: [clerk]}, {key: "request.headers[x-tenant]", values: [acme*]}';
    const rule = `{from: [{source: {requestPrincipals: ["us/*"]}}], when: [${when}]}`;
    const { requests, reach } = reached(authentication, made.policy('a', `${CART}, rules: [${rule}]`));
    const allowed = requests.filter(({ one }) => one.answer.allowed);
    expect(allowed).toMatchObject([{ request: { headers: { 'x-tenant': 'acme' }, token: { issuer: 'us', claims: { role: 'clerk' } } } }]);
    expect(allowed[0].one.tokens.map((index) => reach.tokens[index].text)).toEqual(['a token of us with claim role: clerk']);
  });

  it('have hyphens in their paths, methods of any letters, and tokens for all who want them', () => {
    expect(reached(made.policy('a', `${CART}, rules: [{to: [{operation: {paths: [/my-path*]}}]}]`)).allowed).toEqual(['GET /my-path']);
    expect(reached(made.policy('a', `${CART}, rules: [{to: [{operation: {methods: [get]}}]}]`)).allowed).toEqual(['get /']);
    const authentication = (name: string, audience: string) => `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: ${name}, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, jwtRules: [{issuer: us, audiences: [${audience}], jwksUri: "https://us.example.com/keys"}]}
---`;
    const rule = '{from: [{source: {requestPrincipals: ["us/*"]}}]}';
    const { reach } = reached(authentication('x', 'gw'), authentication('y', 'pod'), made.policy('a', `${CART}, rules: [${rule}]`));
    expect(reach.tokens.map(({ token }) => token?.audiences)).toContainEqual(['gw', 'pod']);
  });

  it('say that paths which a route makes unorderly are not divided', () => {
    const route = made.virtualService(
      'cart',
      'hosts: [cart], http: [{match: [{uri: {prefix: /api}}], rewrite: {uri: /v1/}, route: [{destination: {host: cart}}]}]',
    );
    const { reach, cluster } = reached(route, made.policy('a', `${CART}, rules: [{to: [{operation: {paths: [/admin*]}}]}]`));
    expect(reach.leftOut).toEqual(['paths that a route makes others with dots or empty parts of']);
    expect(decide(cluster, { from: from[0], to: HOST, path: '/api../admin' }).allowed).toBe(true);
  });

  it('tell what they leave out', () => {
    const rule = '{from: [{source: {remoteIpBlocks: [10.0.0.0/8]}}], when: [{key: "experimental.envoy.filters.a[b]", values: [c]}]}';
    expect(reached(made.policy('a', `${CART}, rules: [${rule}]`)).reach.leftOut).toEqual([
      'addresses of clients',
      'experimental.envoy.filters.a[b]',
    ]);
  });

  it('are not divided more finely than can be tried', () => {
    const values = [...Array(12).keys()];
    const when = values.map((name) => `{key: "request.headers[x-${name}]", values: [a, b*]}`).join(', ');
    const cluster = clusterFrom(...SHOP, made.policy('a', `${CART}, rules: [{when: [${when}]}]`));
    expect(reachOf(cluster, { from, to: HOST })).toBeUndefined();
  });

  const segment = fc.constantFrom('a', 'b', 'items', 'x1', '1');
  const path = fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'TRACE');

  it('fare as each of them fares by itself, in meshes of all kinds', () => {
    let asked = 0;
    const agree = (cluster: ReturnType<typeof clusterOf>, others: readonly { path: string; method: string }[]): void => {
      for (const caller of workloadsOf(cluster).slice(0, 3)) {
        for (const service of servicesOf(cluster).slice(0, 3)) {
          const ends = { from: { workload: caller.key }, to: { host: service.hosts[0], port: service.ports[0]?.number ?? 80 } };
          const reach = reachOf(cluster, { from: [ends.from], to: ends.to })!;
          for (const line of [...linesFor(cluster, service), ...others]) {
            asked += 1;
            expect([line, classAmong(reach, line)?.answer.allowed]).toEqual([line, decide(cluster, { ...ends, ...line }).allowed]);
          }
        }
      }
    };
    const others = fc.array(fc.record({ path, method }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(world, others, (one, lines) => agree(clusterOf(manifestsOf(one) as never), lines)),
      { numRuns: 15, seed: 20261130 },
    );
    expect(asked).toBeGreaterThan(500);
  }, 120_000);
});

import {
  AMBIENT,
  BEHIND_WAYPOINT,
  CART,
  CART_VERSIONS,
  NINETY_TEN,
  SEVENTY_THIRTY,
  SIDECAR,
  SUBSETS,
  TO_CART,
  cluster,
  deployment,
  get,
  httpRoute,
  namespace,
  service,
  sidecarWeb,
  virtualService,
  waypoint,
} from '../fixtures';
import { decide } from '../../../lib/verdict/decide';
import { DEFAULT_RETRIES } from '../../../lib/verdict/routes/route-table';
import { split } from '../../../lib/verdict/split';
import { weights } from '../weights';

const SHOP = {
  sidecar: namespace('shop', SIDECAR) + CART + CART_VERSIONS,
  waypoint: namespace('shop', BEHIND_WAYPOINT) + waypoint('service') + CART + CART_VERSIONS,
};
const CALL = { sidecar: get({ from: sidecarWeb }), waypoint: get() };
const V1 = 'shop/cart-v1';
const V2 = 'shop/cart-v2';

describe.each(['sidecar', 'waypoint'] as const)('routes read by a %s', (reader) => {
  const call = CALL[reader];
  const at = (...pieces: string[]) => cluster(SHOP[reader], ...pieces);

  it('split by an HTTPRoute over Services', () => {
    expect(weights(at(httpRoute('cart', TO_CART, NINETY_TEN)), call)).toEqual({ [V1]: 90, [V2]: 10 });
  });

  it('split by a VirtualService over subsets', () => {
    const mesh = at(virtualService('cart', `hosts: [cart], http: [{${SEVENTY_THIRTY}}]`), SUBSETS);
    expect(weights(mesh, call)).toEqual({ [V1]: 70, [V2]: 30 });
    expect(split(mesh, call).shares.map((share) => share.subset)).toEqual(['v1', 'v2']);
  });

  it('let a header match of an HTTPRoute go first, wherever it stands', () => {
    const match = '{matches: [{headers: [{name: x-canary, value: "true"}]}], backendRefs: [{name: cart-v2, port: 8080}]}';
    const mesh = at(httpRoute('cart', TO_CART, `${NINETY_TEN}, ${match}`));
    expect(weights(mesh, { ...call, headers: { 'x-canary': 'true' } })).toEqual({ [V2]: 100 });
    expect(weights(mesh, { ...call, headers: { 'x-canary': 'false' } })).toEqual({ [V1]: 90, [V2]: 10 });
  });

  it.each([
    ['a header', 'headers: {x-canary: {exact: "true"}}', { headers: { 'x-canary': 'true' } }],
    ['a cookie', 'headers: {cookie: {regex: ".*canary=1.*"}}', { headers: { cookie: 'a=b; canary=1' } }],
    ['a query', 'queryParams: {canary: {exact: "1"}}', { path: '/items/1?canary=1' }],
    ['a path', 'uri: {prefix: /beta}', { path: '/beta/1' }],
    ['a method', 'method: {regex: GET|HEAD}', { method: 'HEAD' }],
  ])('take the first rule of a VirtualService that matches, here by %s', (_, match, request) => {
    const rules = `{match: [{${match}}], route: [{destination: {host: cart, subset: v2}}]}, {route: [{destination: {host: cart, subset: v1}}]}`;
    const mesh = at(virtualService('cart', `hosts: [cart], http: [${rules}]`), SUBSETS);
    expect(weights(mesh, { ...call, method: 'POST', ...request })).toEqual({ [V2]: 100 });
    expect(weights(mesh, { ...call, method: 'POST' })).toEqual({ [V1]: 100 });
  });

  it('carry timeouts and retries', () => {
    const retries = 'retries: {attempts: 4, perTryTimeout: 1s, retryOn: connect-failure}';
    const mesh = at(virtualService('cart', `hosts: [cart], http: [{timeout: 3s, ${retries}, route: [{destination: {host: cart}}]}]`));
    expect(split(mesh, call)).toMatchObject({
      timeout: '3s',
      retries: { attempts: 4, perTryTimeout: '1s', retryOn: 'connect-failure' },
    });
    const timeouts = httpRoute('cart', TO_CART, `{timeouts: {request: 5s, backendRequest: 2s}, ${NINETY_TEN.slice(1)}`);
    expect(split(at(timeouts), call)).toMatchObject({ timeout: '5s', retries: { ...DEFAULT_RETRIES, perTryTimeout: '2s' } });
  });

  // Istio's reference says otherwise; test/conformance/cases/faults.test.ts has what istiod writes.
  it('carry both beside a fault as well', () => {
    const fault = 'fault: {abort: {httpStatus: 503, percentage: {value: 50}}}';
    const held = `timeout: 3s, retries: {attempts: 4}, ${fault}, route: [{destination: {host: cart}}]`;
    expect(split(at(virtualService('cart', `hosts: [cart], http: [{${held}}]`)), call)).toMatchObject({
      timeout: '3s',
      retries: { attempts: 4 },
    });
  });

  it("leave Istio's own two retries where nothing is said, and none where none are wanted", () => {
    const without = virtualService('cart', 'hosts: [cart], http: [{retries: {attempts: 0}, route: [{destination: {host: cart}}]}]');
    expect(split(at(), call)).toMatchObject({ retries: DEFAULT_RETRIES });
    expect(split(at(), call).timeout).toBeUndefined();
    expect(split(at(without), call).retries).toBeUndefined();
  });

  it('refuse what leads to a subset that no DestinationRule knows', () => {
    const mesh = at(virtualService('cart', `hosts: [cart], http: [{${SEVENTY_THIRTY}}]`));
    expect(decide(mesh, call)).toMatchObject({ allowed: false, layer: 'routing' });
  });
});

describe('routes in the mesh', () => {
  it('of a host outside go by a wider name where the closest one says nothing of requests', () => {
    const named = (name: string, host: string, spec: string) =>
      `\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: shop}\nspec: {hosts: ["${host}"], ${spec}}\n---`;
    const onward = 'route: [{destination: {host: front.shop.svc.cluster.local}}]';
    const wide = named('wide', '*.example.com', `http: [{match: [{uri: {prefix: /known}}], ${onward}}]`);
    const bytes = named('exact', 'far.example.com', `tcp: [{${onward}}]`);
    const asked = (path: string) => ({ from: sidecarWeb, to: { host: 'far.example.com', port: 80 }, path });
    // Hosts that are no Service have routes on port 80 alone.
    const mesh = cluster(SHOP.sidecar, service('front', 'app: cart', { port: '{name: http, port: 80, targetPort: 8080}' }), wide, bytes);
    expect(decide(mesh, asked('/other'))).toMatchObject({ allowed: false, layer: 'routing' });
    expect(decide(mesh, asked('/known')).allowed).toBe(true);
  });

  it('hold for the port of the Service that an HTTPRoute names', () => {
    const parent = (port: number) => httpRoute('cart', `{kind: Service, group: "", name: cart, port: ${port}}`, NINETY_TEN);
    expect(weights(cluster(SHOP.sidecar, parent(8080)), CALL.sidecar)).toEqual({ [V1]: 90, [V2]: 10 });
    expect(weights(cluster(SHOP.sidecar, parent(80)), CALL.sidecar)).toEqual({ [V1]: 50, [V2]: 50 });
  });

  it('hold for the service that is their parent, and for no other', () => {
    const other = httpRoute('other', '{kind: Service, group: "", name: other}', NINETY_TEN);
    expect(weights(cluster(SHOP.sidecar, other), CALL.sidecar)).toEqual({ [V1]: 50, [V2]: 50 });
  });

  it('hold for callers in the mesh only where a match says so', () => {
    const gateways =
      '{match: [{gateways: [edge]}], route: [{destination: {host: cart, subset: v2}}]}, {route: [{destination: {host: cart, subset: v1}}]}';
    const mesh = cluster(SHOP.sidecar, virtualService('cart', `hosts: [cart], gateways: [mesh, edge], http: [${gateways}]`), SUBSETS);
    expect(weights(mesh, CALL.sidecar)).toEqual({ [V1]: 100 });
  });

  it('are unknown to ztunnel: requests go to all pods alike', () => {
    const mesh = cluster(namespace('shop', AMBIENT), CART, CART_VERSIONS, httpRoute('cart', TO_CART, NINETY_TEN));
    expect(weights(mesh, get())).toEqual({ [V1]: 50, [V2]: 50 });
  });

  it('count replicas where nothing is routed', () => {
    const pods = deployment('cart-v1', 'cart', 'v1', 'shop', 3) + deployment('cart-v2', 'cart', 'v2');
    const mesh = cluster(namespace('shop', SIDECAR), pods, service('cart', 'app: cart'));
    expect(weights(mesh, CALL.sidecar)).toEqual({ [V1]: 75, [V2]: 25 });
  });

  it('need a VirtualService near the service or the waypoint, and no labels of the caller there', () => {
    const far = virtualService('cart', `hosts: [cart.shop.svc.cluster.local], http: [{${SEVENTY_THIRTY}}]`).replace(
      'namespace: shop',
      'namespace: web',
    );
    expect(weights(cluster(SHOP.waypoint, far, SUBSETS), CALL.waypoint)).toEqual({ [V1]: 50, [V2]: 50 });
    const labelled = `{match: [{sourceLabels: {app: web}}], route: [{destination: {host: cart, subset: v2}}]}, {route: [{destination: {host: cart, subset: v1}}]}`;
    const mesh = [virtualService('cart', `hosts: [cart], http: [${labelled}]`), SUBSETS];
    expect(weights(cluster(SHOP.waypoint, ...mesh), CALL.waypoint)).toEqual({ [V1]: 100 });
    expect(weights(cluster(SHOP.sidecar, ...mesh), CALL.sidecar)).toEqual({ [V2]: 100 });
  });

  it('leave it open where two VirtualServices claim one host', () => {
    const route = `hosts: [cart], http: [{route: [{destination: {host: cart}}]}]`;
    const mesh = cluster(SHOP.sidecar, virtualService('a', route), virtualService('b', route));
    const unknown = 'cart.shop.svc.cluster.local has two owners: VirtualService shop/a and VirtualService shop/b';
    expect(split(mesh, CALL.sidecar)).toMatchObject({ unknown, legs: [] });
    expect(decide(mesh, CALL.sidecar)).toMatchObject({ allowed: false, unknown, layer: 'routing' });
  });

  it('keep versions of weight zero out of the decision', () => {
    const onlyV1 = httpRoute(
      'cart',
      TO_CART,
      '{backendRefs: [{name: cart-v1, port: 8080, weight: 1}, {name: gone, port: 8080, weight: 0}]}',
    );
    expect(decide(cluster(SHOP.sidecar, onlyV1), CALL.sidecar).allowed).toBe(true);
    const nobody = httpRoute('cart', TO_CART, '{backendRefs: [{name: cart-v1, port: 8080, weight: 0}]}');
    expect(decide(cluster(SHOP.sidecar, nobody), CALL.sidecar)).toMatchObject({ allowed: false, by: 'HTTPRoute shop/cart' });
  });
});

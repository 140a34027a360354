import type { Cluster } from '../../../lib/cluster/cluster';
import {
  AMBIENT,
  BEHIND_WAYPOINT,
  CART,
  CART_VERSIONS,
  DENY_ALL,
  NINETY_TEN,
  P1,
  P1_RULES,
  P2,
  STRICT,
  TO_CART,
  TO_POD,
  WAYPOINT_DENY_ALL,
  cluster,
  get,
  httpRoute,
  namespace,
  other,
  plaintext,
  policy,
  service,
  sidecarWeb,
  toService,
  virtualService,
  waypoint,
  web,
} from '../fixtures';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';

const SHOP = namespace('shop', BEHIND_WAYPOINT) + waypoint('service') + CART;
const verdict = (mesh: Cluster, request: Request) => {
  const { allowed, by } = decide(mesh, request);
  return `${allowed ? 'allowed' : 'refused'} by ${by}`;
};

const BY_P1 = 'AuthorizationPolicy shop/p1';
const BY_P2 = 'AuthorizationPolicy shop/p2';

describe('a waypoint policy with the ztunnel policy that makes it binding', () => {
  const both = cluster(SHOP, STRICT, P1, P2);

  it.each([
    ['the call that is granted', get(), `allowed by ${BY_P1}`],
    ['another method', get({ method: 'POST' }), `refused by ${BY_P1}`],
    ['another path', get({ path: '/admin' }), `refused by ${BY_P1}`],
    ['another caller', get({ from: other }), `refused by ${BY_P1}`],
    ["the caller dialling the pod's address", get({ to: TO_POD }), `refused by ${BY_P2}`],
    ["another dialling the pod's address", get({ from: other, to: TO_POD }), `refused by ${BY_P2}`],
    ['plaintext to the service', get({ from: plaintext }), 'refused by PeerAuthentication shop/default'],
    ["plaintext to the pod's address", get({ from: plaintext, to: TO_POD }), 'refused by PeerAuthentication shop/default'],
    ['a sidecar, which passes no waypoint', get({ from: sidecarWeb }), `refused by ${BY_P2}`],
  ])('decides %s', (_, request, expected) => {
    expect(verdict(both, request)).toBe(expected);
  });

  it('names the waypoint and then ztunnel, who sees the waypoint', () => {
    const decided = decide(both, get()).trail.filter((step) => step.layer === 'authorization');
    expect(decided.slice(0, 2)).toMatchObject([
      { layer: 'authorization', at: 'waypoint shop/waypoint', allowed: true, by: BY_P1 },
      { layer: 'authorization', at: 'ztunnel shop/cart-v1', allowed: true, by: BY_P2 },
    ]);
  });

  it('refuses plaintext by the ztunnel policy where STRICT is missing', () => {
    expect(verdict(cluster(SHOP, P1, P2), get({ from: plaintext }))).toBe(`refused by ${BY_P2}`);
  });
});

describe('a waypoint policy alone', () => {
  const alone = cluster(SHOP, STRICT, P1);

  it.each([
    ["the pod's address", get({ to: TO_POD, path: '/admin' })],
    ["another caller at the pod's address", get({ from: other, to: TO_POD })],
    ['a sidecar, with any method and path', get({ from: sidecarWeb, method: 'POST', path: '/admin' })],
  ])('is passed by: %s', (_, request) => {
    expect(decide(alone, request).allowed).toBe(true);
  });

  it('still refuses plaintext under STRICT, and not without', () => {
    expect(decide(alone, get({ from: plaintext })).allowed).toBe(false);
    expect(decide(cluster(SHOP, P1), get({ from: plaintext })).allowed).toBe(true);
  });
});

describe('ways round a waypoint policy that the ztunnel policy leaves open', () => {
  const named = (rest: string) => policy('p1', `targetRefs: [${TO_CART}${rest}], ${P1_RULES}`);
  const toVersion = get({ from: other, to: toService('cart-v1') });

  it('lets anybody in by another Service over the same pods', () => {
    expect(decide(cluster(SHOP, CART_VERSIONS, STRICT, P1, P2), toVersion).allowed).toBe(true);
  });

  it('closes them when every Service is named', () => {
    const all = named(', {kind: Service, group: "", name: cart-v1}, {kind: Service, group: "", name: cart-v2}');
    expect(verdict(cluster(SHOP, CART_VERSIONS, STRICT, all, P2), toVersion)).toBe(`refused by ${BY_P1}`);
  });

  it('closes them when the others opt out of the waypoint', () => {
    const alias = service('cart-v1', 'app: cart, version: v1', { labels: 'istio.io/use-waypoint: none' });
    expect(verdict(cluster(SHOP, alias, STRICT, P1, P2), toVersion)).toBe(`refused by ${BY_P2}`);
  });

  it('closes them by the default deny of the waypoint', () => {
    const closed = cluster(SHOP, CART_VERSIONS, STRICT, P1, P2, WAYPOINT_DENY_ALL);
    expect(verdict(closed, toVersion)).toBe('refused by AuthorizationPolicy shop/waypoint-deny-all');
    expect(verdict(closed, get())).toBe(`allowed by ${BY_P1}`);
  });

  it.each(['all', 'workload'])('lets anybody in at the address of a pod behind a waypoint for %s', (trafficType) => {
    const mesh = [namespace('shop', BEHIND_WAYPOINT), waypoint(trafficType), CART, STRICT, P1, P2];
    expect(decide(cluster(...mesh), get({ from: other, to: TO_POD })).allowed).toBe(true);
    expect(decide(cluster(...mesh, WAYPOINT_DENY_ALL), get({ from: other, to: TO_POD })).allowed).toBe(false);
  });

  it('never puts a headless Service behind the waypoint', () => {
    const headless = service('cart-pods', 'app: cart', { extra: ', clusterIP: None' });
    expect(verdict(cluster(SHOP, headless, STRICT, P1, P2), get({ to: toService('cart-pods') }))).toBe(`refused by ${BY_P2}`);
  });
});

describe('deny-all and the waypoint', () => {
  it('denies the waypoint too, until a policy by selector lets it in', () => {
    expect(verdict(cluster(SHOP, STRICT, DENY_ALL, P1), get())).toBe('refused by AuthorizationPolicy shop/deny-all');
    expect(decide(cluster(SHOP, STRICT, DENY_ALL, P1, P2), get()).allowed).toBe(true);
  });

  it('counts for ztunnel alone in the root namespace as well', () => {
    const everywhere = policy('deny-all', '', 'istio-system');
    const refusal = decide(cluster(SHOP, STRICT, everywhere, P1), get());
    expect(refusal).toMatchObject({ allowed: false, by: 'AuthorizationPolicy istio-system/deny-all' });
    expect(refusal.trail.at(-1)?.at).toBe('ztunnel shop/cart-v1');
  });

  it('closes every service of a waypoint, and no pod address, by an empty grant on its Gateway', () => {
    const closed = cluster(SHOP, WAYPOINT_DENY_ALL);
    expect(verdict(closed, get())).toBe('refused by AuthorizationPolicy shop/waypoint-deny-all');
    expect(decide(closed, get({ to: TO_POD })).allowed).toBe(true);
  });

  it('closes every waypoint by an empty grant on the class, only from the root namespace', () => {
    const onClass = 'targetRefs: [{kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint}]';
    expect(decide(cluster(SHOP, policy('all', onClass, 'istio-system')), get()).allowed).toBe(false);
    expect(decide(cluster(SHOP, policy('all', onClass)), get()).allowed).toBe(true);
  });

  it('reads the port of the Service at the waypoint, and the port of the pod at ztunnel', () => {
    const shop = [namespace('shop', BEHIND_WAYPOINT), waypoint('service'), CART];
    const front = service('front', 'app: cart', { port: '{name: http, port: 80, targetPort: main}' });
    const onPort = (port: number) =>
      policy('p', `targetRefs: [{kind: Service, group: "", name: front}], rules: [{to: [{operation: {ports: ["${port}"]}}]}]`);
    const request = get({ to: toService('front', 80) });
    expect(decide(cluster(...shop, front, onPort(80)), request).allowed).toBe(true);
    expect(decide(cluster(...shop, front, onPort(8080)), request).allowed).toBe(false);
    const behind = (port: number) =>
      policy('p', `selector: {matchLabels: {app: cart}}, rules: [{to: [{operation: {ports: ["${port}"]}}]}]`);
    expect(decide(cluster(...shop, front, behind(8080)), request).allowed).toBe(true);
    expect(decide(cluster(...shop, front, behind(80)), request).allowed).toBe(false);
  });
});

describe('a label without a waypoint', () => {
  it('protects nothing', () => {
    expect(decide(cluster(namespace('shop', BEHIND_WAYPOINT), CART, P1), get({ method: 'POST' })).allowed).toBe(true);
  });

  it('protects nothing under the name of another waypoint', () => {
    const other = waypoint('service').replace('name: waypoint', 'name: other');
    expect(decide(cluster(namespace('shop', BEHIND_WAYPOINT), other, CART, P1), get({ method: 'POST' })).allowed).toBe(true);
  });

  it('protects nothing from a namespace that the waypoint does not take', () => {
    const elsewhere = `${AMBIENT}, istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: infra`;
    const shared = waypoint('service').replace('namespace: shop', 'namespace: infra');
    const closed = policy('closed', `targetRefs: [${TO_CART}]`);
    const open = shared.replace('protocol: HBONE', 'protocol: HBONE, allowedRoutes: {namespaces: {from: All}}');
    expect(decide(cluster(namespace('shop', elsewhere), shared, CART, closed), get()).allowed).toBe(true);
    expect(decide(cluster(namespace('shop', elsewhere), open, CART, closed), get()).allowed).toBe(false);
  });
});

describe('a split at the waypoint', () => {
  const route = httpRoute('cart', TO_CART, NINETY_TEN);

  it("meets the policy of the service that was called, not that of the version's Service", () => {
    const onVersion = policy('v1', 'targetRefs: [{kind: Service, group: "", name: cart-v1}]');
    expect(decide(cluster(SHOP, CART_VERSIONS, STRICT, P1, P2, route, onVersion), get()).allowed).toBe(true);
    expect(decide(cluster(SHOP, CART_VERSIONS, STRICT, P1, P2, route), get({ from: other })).allowed).toBe(false);
  });

  it('answers itself where no rule of the route matches', () => {
    const narrow = httpRoute(
      'cart',
      TO_CART,
      '{matches: [{path: {type: PathPrefix, value: /other}}], backendRefs: [{name: cart, port: 8080}]}',
    );
    expect(decide(cluster(SHOP, narrow), get({ from: web }))).toMatchObject({ layer: 'routing', by: 'HTTPRoute shop/cart' });
  });

  it('is left open where one host has two owners', () => {
    const second = virtualService('cart', 'hosts: [cart], http: [{route: [{destination: {host: cart}}]}]');
    const decided = decide(cluster(SHOP, CART_VERSIONS, route, second), get());
    const unknown = 'cart.shop.svc.cluster.local has two owners: VirtualService shop/cart and HTTPRoute shop/cart';
    expect(decided).toMatchObject({ allowed: false, unknown });
    expect(decided.trail.at(-1)).toMatchObject({ at: 'waypoint shop/waypoint', layer: 'authorization', allowed: true });
  });
});

describe('two waypoints in one place', () => {
  const named = waypoint('service').replaceAll('name: waypoint', 'name: next');
  const shop = (weight: number) =>
    namespace('shop', `${BEHIND_WAYPOINT}, istio.io/use-waypoint-canary: next`).replace(
      'name: shop,',
      `name: shop, annotations: {istio.io/use-waypoint-canary-weight: "${weight}"},`,
    ) +
    waypoint('service') +
    named +
    CART;
  // The pods let in the first alone.
  const verdictAt = (weight: number) => verdict(cluster(shop(weight), STRICT, P1, P2), get());

  it('have to let a request through both, but one that takes nothing', () => {
    expect([verdictAt(0), verdictAt(50), verdictAt(100)]).toEqual([`allowed by ${BY_P1}`, `refused by ${BY_P2}`, `refused by ${BY_P2}`]);
  });
});

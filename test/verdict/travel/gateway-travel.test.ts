import {
  BEHIND_WAYPOINT,
  CART,
  CART_VERSIONS,
  FROM_OUTSIDE,
  EXPOSED,
  GATEWAY,
  NINETY_TEN,
  P1,
  P2,
  SEVENTY_THIRTY,
  SIDECAR,
  STRICT,
  SUBSETS,
  TO_CART,
  TO_GATEWAY,
  cluster,
  deployment,
  get,
  httpRoute,
  namespace,
  policy,
  service,
  sidecarWeb,
  toService,
  virtualService,
  waypoint,
} from '../fixtures';
import { decide } from '../../../lib/verdict/decide';
import { split } from '../../../lib/verdict/split';
import { weights } from '../weights';

const BEHIND = namespace('shop', BEHIND_WAYPOINT) + waypoint('service') + CART_VERSIONS;
const PODS = deployment('cart-v1', 'cart', 'v1') + deployment('cart-v2', 'cart', 'v2');
const PLAIN = PODS + service('cart', 'app: cart');
const LABELLED = PODS + service('cart', 'app: cart', { labels: 'istio.io/ingress-use-waypoint: "true"' });
const MESH_ROUTE = httpRoute('cart', TO_CART, NINETY_TEN);
const GRANT_EDGE = policy(
  'edge',
  'targetRefs: [{kind: Service, group: "", name: cart}], rules: [{from: [{source: {principals: [cluster.local/ns/edge/sa/gateway-istio]}}], to: [{operation: {methods: [GET]}}]}]',
);

const WAYPOINT_CLOSED = policy('closed', 'targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}]');

describe('what comes in to a service behind a waypoint', () => {
  it('skips the waypoint without the label: no split, no waypoint policy', () => {
    const open = cluster(BEHIND, PLAIN, GATEWAY, EXPOSED, MESH_ROUTE, P1);
    expect(decide(open, { ...FROM_OUTSIDE, method: 'POST' }).allowed).toBe(true);
    expect(weights(open, FROM_OUTSIDE)).toEqual({ 'shop/cart-v1': 50, 'shop/cart-v2': 50 });
  });

  it('is refused without the label by the ztunnel policy, which sees the gateway', () => {
    const decision = decide(cluster(BEHIND, PLAIN, GATEWAY, EXPOSED, STRICT, P1, P2), FROM_OUTSIDE);
    expect(decision).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/p2' });
  });

  it('passes the waypoint with the label on the Service: split, policy and all', () => {
    const guarded = cluster(BEHIND, LABELLED, GATEWAY, EXPOSED, MESH_ROUTE, STRICT, GRANT_EDGE, P2);
    expect(weights(guarded, FROM_OUTSIDE)).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
    expect(decide(guarded, FROM_OUTSIDE)).toMatchObject({ allowed: true, by: 'AuthorizationPolicy shop/edge' });
    expect(decide(guarded, { ...FROM_OUTSIDE, method: 'POST' })).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/edge' });
    expect(split(guarded, FROM_OUTSIDE).legs.map((leg) => leg.at)).toEqual(['gateway edge/gateway', 'waypoint shop/waypoint']);
  });

  it('passes the waypoint with the label on the Namespace', () => {
    const labelled = namespace('shop', `${BEHIND_WAYPOINT}, istio.io/ingress-use-waypoint: "true"`) + waypoint('service') + PLAIN;
    expect(decide(cluster(labelled, GATEWAY, EXPOSED, STRICT, P1, P2), FROM_OUTSIDE).by).toBe('AuthorizationPolicy shop/p1');
  });

  describe('with the label and without an address', () => {
    const headless = (name: string) =>
      service(name, 'app: cart', { labels: 'istio.io/ingress-use-waypoint: "true"', extra: ', clusterIP: None' });
    const ends = (...pieces: string[]) => decide(cluster(BEHIND, PODS, GATEWAY, ...pieces), FROM_OUTSIDE);

    it('goes nowhere', () => {
      expect(ends(headless('cart'), EXPOSED)).toMatchObject({
        allowed: false,
        layer: 'routing',
        by: 'Service shop/cart',
        why: 'a waypoint finds no address of',
      });
    });

    it('may be taken for another one', () => {
      expect(ends(headless('cart'), headless('other'), EXPOSED).unknown).toContain('cannot tell Service shop/cart from Service shop/other');
      const elsewhere = headless('other').replace('port: 8080', 'port: 9090');
      expect(ends(headless('cart'), elsewhere, EXPOSED).unknown).toBeUndefined();
    });

    it('reaches pods behind a ServiceEntry by an address that somebody wrote', () => {
      const entry = (said: string, resolution = 'STATIC') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: shop, labels: {istio.io/ingress-use-waypoint: "true"}}
spec: {hosts: [api.example.com], resolution: ${resolution}, ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}]${said}}`;
      const pods = ', location: MESH_INTERNAL, workloadSelector: {labels: {app: cart}}';
      const route = httpRoute(
        'api',
        TO_GATEWAY,
        '{backendRefs: [{group: networking.istio.io, kind: Hostname, name: api.example.com, port: 80}]}',
      );
      expect(ends(entry(pods), route)).toMatchObject({ allowed: false, by: 'ServiceEntry shop/api' });
      expect(ends(entry(`${pods}, addresses: [10.99.3.3]`), route)).toMatchObject({ allowed: true, workload: 'shop/cart-v1' });
      expect(ends(entry('', 'DNS'), route, WAYPOINT_CLOSED).allowed).toBe(true);
    });
  });

  it('needs its own grant at the waypoint, which sees the gateway', () => {
    expect(decide(cluster(BEHIND, LABELLED, GATEWAY, EXPOSED, STRICT, P1, P2), FROM_OUTSIDE).allowed).toBe(false);
  });

  it('is split by the gateway itself, past the waypoint, where one route has both parents', () => {
    const both = cluster(BEHIND, LABELLED, GATEWAY, httpRoute('both', `${TO_GATEWAY}, ${TO_CART}`, NINETY_TEN), P1);
    expect(weights(both, FROM_OUTSIDE)).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
    expect(split(both, FROM_OUTSIDE).legs.map((leg) => leg.at)).toEqual(['gateway edge/gateway']);
    expect(decide(both, { ...FROM_OUTSIDE, method: 'POST' }).allowed).toBe(true);
  });
});

describe('what comes in to sidecars', () => {
  const SIDECARS = namespace('shop', SIDECAR) + CART + CART_VERSIONS + GATEWAY;
  const meshOnly = virtualService('cart', `hosts: [cart], http: [{${SEVENTY_THIRTY}}]`);

  it.each([
    ['VirtualService', meshOnly + SUBSETS],
    ['HTTPRoute', MESH_ROUTE],
  ])('does not follow a %s of the mesh', (_, route) => {
    expect(weights(cluster(SIDECARS, EXPOSED, route), FROM_OUTSIDE)).toEqual({ 'shop/cart-v1': 50, 'shop/cart-v2': 50 });
  });

  it('follows a route of its own over the Services of the versions', () => {
    const own = httpRoute('edge', TO_GATEWAY, NINETY_TEN, ', hostnames: [cart.example.com]');
    expect(weights(cluster(SIDECARS, own, meshOnly, SUBSETS), FROM_OUTSIDE)).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
  });

  it('answers callers in the mesh outside the path prefix of a route with both parents', () => {
    const prefix = `{matches: [{path: {value: /cart}}], ${NINETY_TEN.slice(1)}`;
    const both = cluster(SIDECARS, httpRoute('both', `${TO_GATEWAY}, ${TO_CART}`, prefix, ', hostnames: [cart.example.com]'));
    expect(weights(both, { ...FROM_OUTSIDE, path: '/cart/1' })).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
    expect(decide(both, get({ from: sidecarWeb }))).toMatchObject({ allowed: false, layer: 'routing', by: 'HTTPRoute shop/both' });
  });

  it('follows a VirtualService bound to the mesh and to an Istio Gateway alike', () => {
    const istioGateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec: {selector: {app: door}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [cart.example.com]}]}
---`;
    const bound = virtualService('cart', `hosts: [cart, cart.example.com], gateways: [mesh, door], http: [{${SEVENTY_THIRTY}}]`);
    const mesh = cluster(SIDECARS, deployment('door', 'door', 'v1'), istioGateway, bound, SUBSETS);
    const seventyThirty = { 'shop/cart-v1': 70, 'shop/cart-v2': 30 };
    expect(weights(mesh, { from: { gateway: 'shop/door' }, to: { host: 'cart.example.com', port: 80 } })).toEqual(seventyThirty);
    expect(weights(mesh, get({ from: sidecarWeb }))).toEqual(seventyThirty);
    expect(decide(mesh, { from: { gateway: 'shop/door' }, to: { host: 'cart.example.com', port: 443 } }).layer).toBe('routing');
  });

  it('is unknown to a Kubernetes Gateway where only a VirtualService names it', () => {
    const bound = virtualService('cart', `hosts: [cart.example.com], gateways: [edge/gateway], http: [{${SEVENTY_THIRTY}}]`);
    expect(decide(cluster(SIDECARS, bound, SUBSETS), FROM_OUTSIDE)).toMatchObject({ allowed: false, by: 'Gateway edge/gateway' });
  });
});

describe('a gateway', () => {
  const SIDECARS = namespace('shop', SIDECAR) + CART + CART_VERSIONS;

  it('takes no route from a namespace that its listener does not admit', () => {
    const closed = GATEWAY.replace('from: All', 'from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: bank}}');
    expect(decide(cluster(SIDECARS, closed, EXPOSED), FROM_OUTSIDE)).toMatchObject({ allowed: false, layer: 'routing' });
  });

  it('needs a ReferenceGrant for a backend in another namespace', () => {
    const foreign = EXPOSED.replace('namespace: shop', 'namespace: bank').replace('name: cart,', 'name: cart, namespace: shop,');
    const grant = `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: bank, namespace: shop}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: bank}], to: [{group: "", kind: Service}]}`;
    expect(decide(cluster(SIDECARS, GATEWAY, foreign), FROM_OUTSIDE).allowed).toBe(false);
    expect(decide(cluster(SIDECARS, GATEWAY, foreign, grant), FROM_OUTSIDE).allowed).toBe(true);
  });

  it('takes the longest prefix of all its routes, at whole path segments', () => {
    const route = (name: string, prefix: string, backend: string) =>
      httpRoute(name, TO_GATEWAY, `{matches: [{path: {value: ${prefix}}}], backendRefs: [{name: ${backend}, port: 8080}]}`);
    const mesh = cluster(SIDECARS, GATEWAY, route('a', '/', 'cart-v1'), route('b', '/cart', 'cart-v2'));
    expect(weights(mesh, { ...FROM_OUTSIDE, path: '/cart/1' })).toEqual({ 'shop/cart-v2': 100 });
    expect(weights(mesh, { ...FROM_OUTSIDE, path: '/cartoon' })).toEqual({ 'shop/cart-v1': 100 });
  });

  it('answers itself where none of its rules matches', () => {
    const narrow = httpRoute('edge', TO_GATEWAY, '{matches: [{path: {value: /cart}}], backendRefs: [{name: cart, port: 8080}]}');
    const decision = decide(cluster(SIDECARS, GATEWAY, narrow), { ...FROM_OUTSIDE, path: '/admin' });
    expect(decision).toMatchObject({ allowed: false, layer: 'routing', by: 'HTTPRoute shop/edge' });
  });

  it('takes routes for the host, the listener and the port that they name, and no others', () => {
    const route = (parent: string, extra = '') => httpRoute('edge', parent, '{backendRefs: [{name: cart, port: 8080}]}', extra);
    const isTaken = (piece: string) => decide(cluster(SIDECARS, GATEWAY, piece), FROM_OUTSIDE).allowed;
    expect(isTaken(route(TO_GATEWAY.replace('}', ', sectionName: https}')))).toBe(true);
    expect(isTaken(route(TO_GATEWAY.replace('}', ', sectionName: other}')))).toBe(false);
    expect(isTaken(route(TO_GATEWAY.replace('}', ', port: 80}')))).toBe(false);
    expect(isTaken(route(TO_GATEWAY, ', hostnames: [other.example.com, "*.example.com"]'))).toBe(true);
    expect(isTaken(route(TO_GATEWAY, ', hostnames: [other.example.com]'))).toBe(false);
  });

  it('obeys the policies of its own namespace', () => {
    const closed = policy('closed', '', 'edge');
    const decision = decide(cluster(SIDECARS, GATEWAY, EXPOSED, closed), FROM_OUTSIDE);
    expect(decision).toMatchObject({ allowed: false, by: 'AuthorizationPolicy edge/closed' });
  });

  it('calls with an identity of its own', () => {
    const granted = policy('p', 'rules: [{from: [{source: {principals: [cluster.local/ns/edge/sa/gateway-istio]}}]}]');
    expect(decide(cluster(SIDECARS, GATEWAY, EXPOSED, granted), FROM_OUTSIDE).allowed).toBe(true);
    expect(decide(cluster(SIDECARS, GATEWAY, granted), { from: FROM_OUTSIDE.from, to: toService('cart') }).allowed).toBe(true);
  });
});

describe('what comes in to a host outside', () => {
  const entry = (resolution: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: out, namespace: shop}
spec: {hosts: [out.example.com], ports: [{number: 8080, name: http, protocol: HTTP}]${resolution}}
---`;
  const TO_OUT = httpRoute(
    'out',
    TO_GATEWAY,
    '{backendRefs: [{group: networking.istio.io, kind: Hostname, name: out.example.com, port: 8080}]}',
  );
  const asked = (resolution: string) => decide(cluster(GATEWAY, entry(resolution), TO_OUT), FROM_OUTSIDE);

  it('has no address to go to where nobody looks up its name', () => {
    const nowhere = { allowed: false, layer: 'routing', by: 'ServiceEntry shop/out', why: 'no endpoint is behind' };
    expect([asked(''), asked(', resolution: NONE')]).toMatchObject([nowhere, nowhere]);
    expect(asked(', resolution: DNS').allowed).toBe(true);
  });
});

describe('clients of a Gateway that names who signs them', () => {
  const entering = (frontend: string, options = '') => {
    const tls = `{mode: Terminate, certificateRefs: [{name: c}]${options && `, options: {gateway.istio.io/tls-terminate-mode: ${options}}`}}`;
    const door = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec:
  gatewayClassName: istio
  tls: {frontend: {${frontend}}}
  listeners: [{name: https, port: 443, protocol: HTTPS, hostname: cart.example.com, tls: ${tls}, allowedRoutes: {namespaces: {from: All}}}]
---`;
    const mesh = cluster(namespace('shop', SIDECAR), PLAIN, door, EXPOSED);
    const ask = (showsCertificate: boolean) =>
      decide(mesh, { from: { gateway: 'edge/gateway', showsCertificate }, to: { host: 'cart.example.com', port: 443 }, path: '/' });
    return [ask(true).allowed, ask(false).layer === 'mtls' ? 'mtls' : ask(false).allowed];
  };
  const signers = 'caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]';

  it('show a certificate', () => {
    expect(entering(`default: {validation: {${signers}}}`)).toEqual([true, 'mtls']);
    expect(entering(`default: {}, perPort: [{port: 443, tls: {validation: {${signers}}}}]`)).toEqual([true, 'mtls']);
    expect(entering(`default: {validation: {${signers}, mode: AllowInsecureFallback}}`, 'MUTUAL')).toEqual([true, 'mtls']);
  });

  it('need none on another port, where it is said so, and where the listener does not ask', () => {
    expect(entering(`default: {}, perPort: [{port: 8443, tls: {validation: {${signers}}}}]`)).toEqual([true, true]);
    expect(entering(`default: {validation: {${signers}}}, perPort: [{port: 443, tls: {}}]`)).toEqual([true, true]);
    expect(entering(`default: {validation: {${signers}, mode: AllowInsecureFallback}}`)).toEqual([true, true]);
    expect(entering(`default: {validation: {${signers}}}`, 'OPTIONAL_MUTUAL')).toEqual([true, true]);
    expect(entering('default: {}')).toEqual([true, true]);
  });
});

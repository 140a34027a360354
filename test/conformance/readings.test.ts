import { differencesAbout } from './agreement';
import { meshFrom } from './mesh-under-test';
import * as made from '../verdict/fixtures';

const WEB = made.deployment('web', 'web', 'v1');
const PODS = [made.CART, made.CART_VERSIONS, WEB];
const PLANES = {
  sidecars: [made.namespace('shop', made.SIDECAR), ...PODS],
  ambient: [made.namespace('shop', made.AMBIENT), ...PODS],
  'a waypoint': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service'), ...PODS],
};

const HOST = 'cart.shop.svc.cluster.local';
const object = (apiVersion: string, kind: string, name: string, spec: string, namespace = 'shop') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}`;
const istio = (kind: string, name: string, spec: string, namespace?: string) =>
  object('networking.istio.io/v1', kind, name, spec, namespace);

const to = (host: string, subset?: string) => `http: [{route: [{destination: {host: ${host}${subset ? `, subset: ${subset}` : ''}}}]}]`;
const virtual = (name: string, host: string, routes: string, extra = '') =>
  istio('VirtualService', name, `hosts: ["${host}"], ${routes}${extra}`);
const subsets = (host: string, list = '{name: v2, labels: {version: v2}}', name = 'cart') =>
  istio('DestinationRule', name, `host: "${host}", subsets: [${list}]`);
const entry = (host: string, port: string) => istio('ServiceEntry', 'cards', `hosts: [${host}], resolution: DNS, ports: [${port}]`);
const HTTP = '{number: 80, name: http, protocol: HTTP}';
const TLS = '{number: 443, name: tls, protocol: TLS}';
const mtls = (name: string, spec: string, namespace = 'shop') =>
  object('security.istio.io/v1', 'PeerAuthentication', name, spec, namespace);

const dryRun = (policy: string) => policy.replace('namespace: shop}', 'namespace: shop, annotations: {istio.io/dry-run: "true"}}');
const MANAGER = 'envoy.filters.network.http_connection_manager';
const filter = (applyTo: string, match: string) =>
  object(
    'networking.istio.io/v1alpha3',
    'EnvoyFilter',
    'taking',
    `configPatches: [{applyTo: ${applyTo}, match: {context: SIDECAR_INBOUND, listener: {filterChain: {filter: ${match}}}}, patch: {operation: REMOVE}}]`,
  );
const clientTls = (mode: string) =>
  istio('DestinationRule', 'local', `host: "*.local", trafficPolicy: {tls: {mode: ${mode}}}`, 'istio-system');

/** What can be read in two ways; istiod's is the right one. */
const READINGS: Readonly<Record<string, readonly string[]>> = {
  "capitals in a VirtualService's host": [virtual('a', 'Cart.shop.svc.cluster.local', to('cart-v2'))],
  "capitals in a VirtualService's short host": [virtual('a', 'CART', to('cart-v2'))],
  "capitals in a route's destination": [virtual('a', HOST, to('Cart-v2.shop.svc.cluster.local'))],
  "capitals in a route's short destination": [virtual('a', HOST, to('CART-V2'))],
  "capitals in a DestinationRule's host": [virtual('a', HOST, to('cart', 'v2')), subsets('Cart.shop.svc.cluster.local')],
  'capitals in both': [virtual('a', HOST, to('CART', 'v2')), subsets('CART')],
  "capitals in a ServiceEntry's host, HTTP": [entry('API.Cards.example.com', HTTP)],
  "capitals in a ServiceEntry's host, TLS": [entry('API.Cards.example.com', TLS)],
  "capitals in a Sidecar's host": [
    istio('Sidecar', 'all', 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}, egress: [{hosts: ["./CART.shop.svc.cluster.local"]}]'),
  ],
  'a wildcard': [virtual('a', '*.shop.svc.cluster.local', to('cart-v2'))],
  'a VirtualService for other namespaces': [virtual('a', HOST, to('cart-v2'), ', exportTo: [elsewhere]')],
  'a VirtualService for its own namespace': [virtual('a', HOST, to('cart-v2'), ', exportTo: ["."]')],
  'routes that another VirtualService says': [
    virtual(
      'a',
      HOST,
      'http: [{name: items, match: [{uri: {prefix: /items}}], delegate: {name: items}}, {route: [{destination: {host: cart-v1}}]}]',
    ),
    istio(
      'VirtualService',
      'items',
      'http: [{name: first, match: [{uri: {prefix: /items/1}, method: {exact: GET}}], route: [{destination: {host: cart-v2}}]}, ' +
        '{match: [{uri: {prefix: /else}}], route: [{destination: {host: cart-v2}}]}]',
    ),
  ],
  'routes that another VirtualService says without a match': [
    virtual('a', HOST, 'http: [{match: [{method: {exact: GET}}], delegate: {name: items, namespace: shop}}]'),
    istio('VirtualService', 'items', 'http: [{route: [{destination: {host: cart-v2}}]}]'),
  ],
  'routes that nobody says, or that are kept from the namespace': [
    virtual('a', HOST, 'http: [{delegate: {name: absent}}, {delegate: {name: items}}, {route: [{destination: {host: cart-v1}}]}]'),
    istio('VirtualService', 'items', 'exportTo: [bank], http: [{route: [{destination: {host: cart-v2}}]}]'),
  ],
  'routes that a VirtualService with a host says': [
    virtual('a', HOST, 'http: [{delegate: {name: b}}, {route: [{destination: {host: cart-v1}}]}]'),
    virtual('b', 'cart-v2.shop.svc.cluster.local', to('cart-v2')),
  ],
  'a subset without labels': [virtual('a', HOST, to('cart', 'all')), subsets(HOST, '{name: all}')],
  'a subset of a wildcard': [virtual('a', HOST, to('cart', 'v2')), subsets('*.shop.svc.cluster.local')],
  'a subset of a wildcard beside a closer rule': [
    virtual('a', HOST, to('cart', 'v2')),
    subsets('*.shop.svc.cluster.local'),
    subsets(HOST, '{name: v1, labels: {version: v1}}', 'closer'),
  ],
  'a Service that is another name': [
    object('v1', 'Service', 'cards', 'type: ExternalName, externalName: api.example.com, ports: [{name: http, port: 80}]'),
  ],
  'a ServiceEntry over pods': [
    istio(
      'ServiceEntry',
      'vm',
      'hosts: [vm.example.com], addresses: [240.0.0.9], resolution: STATIC, location: MESH_INTERNAL, workloadSelector: {labels: {app: cart}}, ' +
        'ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}]',
    ),
  ],
  'a PeerAuthentication of the root namespace for some pods': [
    mtls('a', 'selector: {matchLabels: {app: cart}}, mtls: {mode: STRICT}', 'istio-system'),
  ],
  'a port of a protocol that says nothing': [made.service('odd', 'app: cart', { port: '{name: odd, port: 8080}' })],
  'a port on which nothing is guessed': [made.service('mail', 'app: cart', { port: '{name: mail, port: 25, targetPort: 8080}' })],
  'a port that is gRPC-Web': [made.service('web-api', 'app: cart', { port: '{name: grpc-web-api, port: 8080}' })],
  'a dry run': [dryRun(made.DENY_ALL), dryRun(made.policy('deny', 'action: DENY, rules: [{}]'))],
  'an EnvoyFilter that takes the enforcing filter away': [
    made.DENY_ALL,
    filter('HTTP_FILTER', `{name: ${MANAGER}, subFilter: {name: envoy.filters.http.rbac}}`),
  ],
  'an EnvoyFilter that takes it away for bytes': [made.DENY_ALL, filter('NETWORK_FILTER', '{name: envoy.filters.network.rbac}')],
  'a port whose appProtocol gainsays its name': [made.service('db', 'app: cart', { port: '{name: http, port: 8080, appProtocol: tcp}' })],
};

/** Sidecars take the closest name. A waypoint strings the routes of all together, by an age that no manifest tells. */
const WILDCARDS: Readonly<Record<string, readonly string[]>> = {
  'a wildcard before the host itself': [virtual('a', '*.shop.svc.cluster.local', to('cart-v2')), virtual('b', HOST, to('cart'))],
  'a wildcard behind the host itself': [virtual('b', '*.shop.svc.cluster.local', to('cart-v2')), virtual('a', HOST, to('cart'))],
  'a wildcard before a closer one': [
    virtual('a', '*.cluster.local', to('cart-v2')),
    virtual('b', '*.shop.svc.cluster.local', to('cart.shop.svc.cluster.local')),
  ],
};

const CANARY = 'istio.io/use-waypoint-canary';
const around = (labels: string, weight: string) =>
  made
    .namespace('shop', `${made.BEHIND_WAYPOINT}${labels}`)
    .replace('name: shop,', `name: shop, annotations: {${CANARY}-weight: ${weight}},`);
const next = made.waypoint('service').replaceAll('name: waypoint', 'name: next');
const labelled = (labels: string, annotations = '') =>
  made
    .service('cart', 'app: cart')
    .replace('metadata: {name: cart,', `metadata: {name: cart, labels: {${labels}}, annotations: {${annotations}},`);
const atWaypoint = (name: string) =>
  made.policy('refused', `targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: ${name}}], action: DENY, rules: [{}]`);

/** A second waypoint before the Services of a namespace, which has the first one besides. */
const CANARIES: Readonly<Record<string, readonly string[]>> = {
  'a share': [around(`, ${CANARY}: next`, '"10"')],
  everything: [around(`, ${CANARY}: next`, '"100"')],
  'no weight': [made.namespace('shop', `${made.BEHIND_WAYPOINT}, ${CANARY}: next`)],
  'a weight that is none': [around(`, ${CANARY}: next`, 'ten')],
  'a weight with a sign': [around(`, ${CANARY}: next`, '"+50"')],
  'the word none': [around(`, ${CANARY}: none`, '"50"')],
  'the first waypoint once more': [around(`, ${CANARY}: waypoint`, '"50"')],
  'one that is not there': [around(`, ${CANARY}: other`, '"50"')],
  'one for pods': [around(`, ${CANARY}: next`, '"50"'), next.replace('waypoint-for: service', 'waypoint-for: workload')],
  'a Service that names its waypoint itself': [around(`, ${CANARY}: next`, '"50"'), labelled('istio.io/use-waypoint: waypoint')],
  'a Service that names the second one itself': [around('', '"50"'), labelled(`${CANARY}: next`)],
  'a Service with a weight of its own': [around(`, ${CANARY}: next`, '"50"'), labelled('', `${CANARY}-weight: "100"`)],
  'a refusal at the first one': [around(`, ${CANARY}: next`, '"50"'), atWaypoint('waypoint')],
  'a refusal at the second one': [around(`, ${CANARY}: next`, '"50"'), atWaypoint('next')],
};

/** Whoever tunnels sends it through the tunnel, to applications that may know what to do with it. */
const CLIENT_TLS: Readonly<Record<string, readonly string[]>> = {
  'plaintext clients of pods that take mutual TLS alone': [made.STRICT, clientTls('DISABLE')],
  'clients with a TLS of their own': [made.STRICT, clientTls('SIMPLE')],
};

/** The oldest holds; of two that are made at once istiod's ambient index takes either. */
const RIVALS: readonly string[] = [mtls('a', ''), mtls('b', 'mtls: {mode: STRICT}')];

const CASES = Object.entries(PLANES).flatMap(([plane, pods]) =>
  Object.entries(READINGS).map(([name, pieces]) => [`${name}, ${plane}`, [...pods, made.P1, ...pieces]] as const),
);

describe('what can be read in two ways', () => {
  it.each(CASES)('is read as istiod reads it: %s', async (_, pieces) => {
    expect(await differencesAbout(meshFrom(made.objects(...pieces)))).toEqual([]);
  });

  it.each(Object.entries({ ...WILDCARDS, ...CLIENT_TLS }))('is read as istiod reads it: %s, sidecars', async (_, pieces) => {
    expect(await differencesAbout(meshFrom(made.objects(...PLANES.sidecars, ...pieces)))).toEqual([]);
  });

  it.each(Object.entries(CANARIES))('is read as istiod reads it: a waypoint canary, %s', async (_, pieces) => {
    const gateways = pieces.some((piece) => piece.includes('name: next, namespace')) ? [] : [next];
    const services = pieces.some((piece) => piece.includes('name: cart, labels'))
      ? [made.CART.replace(made.service('cart', 'app: cart'), '')]
      : [made.CART];
    expect(
      await differencesAbout(meshFrom(made.objects(made.waypoint('service'), ...gateways, ...services, WEB, made.P1, ...pieces))),
    ).toEqual([]);
  });

  it.each(Object.entries(WILDCARDS))('is left open where istiod goes by age: %s, a waypoint', async (_, pieces) => {
    const differences = await differencesAbout(meshFrom(made.objects(...PLANES['a waypoint'], ...pieces)));
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.filter(([, difference]) => !difference.includes('has two owners'))).toEqual([]);
  });

  it.each(Object.entries(PLANES))('is left open where istiod goes by age: two PeerAuthentications, %s', async (_, pods) => {
    const differences = await differencesAbout(meshFrom(made.objects(...pods, made.P1, ...RIVALS)));
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.filter(([, difference]) => !difference.includes('the oldest holds'))).toEqual([]);
  });
});

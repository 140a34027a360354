import { differencesAbout } from './agreement';
import { meshFrom } from './mesh-under-test';
import * as made from '../verdict/fixtures';

const WEB = made.deployment('web', 'web', 'v1');
const LEDGER = 'apiVersion: apps/v1, kind: Deployment, metadata: {name: ledger, namespace: bank}';
const PODS = `{${LEDGER}, spec: {template: {metadata: {labels: {app: ledger}}}}}`;
const PLANES = {
  sidecars: [made.namespace('shop', made.SIDECAR), made.namespace('bank', made.SIDECAR)],
  ambient: [made.namespace('shop', made.AMBIENT), made.namespace('bank', made.AMBIENT)],
  'a waypoint': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service'), made.namespace('bank', made.SIDECAR)],
};

const object = (group: string, kind: string, name: string, namespace: string, spec: string) => `
apiVersion: ${group}/v1
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}`;
const istio = (kind: string, name: string, spec: string, namespace = 'shop') => object('networking.istio.io', kind, name, namespace, spec);
const service = (name: string, ports: string, rest = '', namespace = 'bank') => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ledger}, ports: [${ports}]${rest}}`;
const mtls = (spec: string) => object('security.istio.io', 'PeerAuthentication', 'pods', 'bank', spec);
const rule = (spec: string, namespace = 'bank', name = 'ledger') =>
  istio('DestinationRule', name, `host: ledger.bank.svc.cluster.local, ${spec}`, namespace);
const to = (host: string, subset = '') => `http: [{route: [{destination: {host: ${host}${subset && `, subset: ${subset}`}}}]}]`;
const route = (spec: string) => istio('VirtualService', 'a', `hosts: [cart.shop.svc.cluster.local], ${spec}`);
const entry = (namespace: string, spec: string) => istio('ServiceEntry', 'api', `hosts: [api.example.com], ${spec}`, namespace);

const HTTP = '{name: http, port: 80, targetPort: 8080}';
const OWN = '{name: http, port: 9090, targetPort: 8080}';
const BYTES = '{name: tcp, port: 9000, targetPort: 8080}';
const HEADLESS = ', clusterIP: None';
const LEDGER_HOST = 'ledger.bank.svc.cluster.local';
const TOLD = 'subsets: [{name: all}]';
const MUTUAL = 'trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}';
const PORTS = 'ports: [{number: 80, name: http, protocol: HTTP}]';

const ONWARD = `route: [{destination: {host: ${LEDGER_HOST}}}]`;
const CART_BYTES = made.service('bytes', 'app: cart', { port: '{name: tcp, port: 7000, targetPort: 8080}' });
const OTHERS_WAYPOINT = 'labels: {istio.io/use-waypoint: for-all, istio.io/use-waypoint-namespace: shop}';
const FOR_ALL = object(
  'gateway.networking.k8s.io',
  'Gateway',
  'for-all',
  'shop',
  'gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]',
);
const attached = (kind: string, namespace: string, parent: string, backend: string) =>
  object(
    'gateway.networking.k8s.io',
    kind,
    'attached',
    namespace,
    `parentRefs: [{kind: Service, group: "", ${parent}}], rules: [{backendRefs: [${backend}]}]`,
  );

/** What meshes of chance have shown to be read wrongly once. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  'a route without a port to a Service that has another one': [service('ledger', OWN), route(to(LEDGER_HOST))],
  'a route of bytes without a port to a Service that has another one': [
    service('ledger', BYTES),
    made.service('bytes', 'app: cart', { port: '{name: tcp, port: 7000, targetPort: 8080}' }),
    istio('VirtualService', 'b', `hosts: [bytes.shop.svc.cluster.local], tcp: [{route: [{destination: {host: ${LEDGER_HOST}}}]}]`),
  ],
  'a DestinationRule that is kept from the callers': [
    service('ledger', HTTP),
    route(to(LEDGER_HOST, 'all')),
    rule(`${TOLD}, exportTo: ["."]`),
  ],
  'a DestinationRule that the callers are told of': [
    service('ledger', HTTP),
    route(to(LEDGER_HOST, 'all')),
    rule(`${TOLD}, exportTo: [shop]`),
  ],
  'a DestinationRule for other pods of the callers, and one beside the Service': [
    service('ledger', HTTP),
    route(to(LEDGER_HOST, 'all')),
    rule(TOLD),
    rule(`${TOLD}, workloadSelector: {matchLabels: {app: nobody}}`, 'shop', 'own'),
  ],
  'mutual TLS that some pods of a headless Service take none of': [
    service('ledger', BYTES, HEADLESS),
    mtls('selector: {matchLabels: {app: ledger}}, mtls: {mode: DISABLE}'),
  ],
  'mutual TLS that a namespace takes none of, before a headless Service': [
    service('ledger', BYTES, HEADLESS),
    mtls('mtls: {mode: DISABLE}'),
  ],
  'mutual TLS that clients of a headless Service have to speak': [service('ledger', BYTES, HEADLESS), rule(MUTUAL)],
  'mutual TLS that clients have to speak to pods that take none': [service('ledger', HTTP), rule(MUTUAL), mtls('mtls: {mode: DISABLE}')],
  'mutual TLS that clients of a subset have to speak, and nobody else': [
    service('ledger', HTTP),
    rule('subsets: [{name: all, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}]'),
    mtls('mtls: {mode: DISABLE}'),
  ],
  'mutual TLS that clients of another port have to speak': [
    service('ledger', `${HTTP}, ${BYTES}`),
    rule('trafficPolicy: {portLevelSettings: [{port: {number: 9000}, tls: {mode: ISTIO_MUTUAL}}]}'),
    mtls('mtls: {mode: DISABLE}'),
  ],
  'a share for a headless Service by a port that it does not have': [
    service('ledger', OWN, HEADLESS),
    route(
      `http: [{route: [{weight: 50, destination: {host: ${LEDGER_HOST}, port: {number: 80}}}, {weight: 50, destination: {host: cart.shop.svc.cluster.local}}]}]`,
    ),
    made.policy('nobody', 'action: DENY, rules: [{}]'),
  ],
  'a ServiceEntry of pods without a resolution': [entry('bank', `${PORTS}, workloadSelector: {labels: {app: ledger}}`)],
  'a ServiceEntry of pods that nobody else is told of': [
    entry(
      'shop',
      `${PORTS.replace('protocol', 'targetPort: 8080, protocol')}, resolution: STATIC, location: MESH_INTERNAL, exportTo: [bank], workloadSelector: {labels: {app: cart}}`,
    ),
  ],
  'a Service that nobody else is told of': [
    service('kept', HTTP, '', 'shop')
      .replace('namespace: shop}', 'namespace: shop, annotations: {networking.istio.io/exportTo: bank}}')
      .replace('app: ledger', 'app: cart'),
  ],
  'a ServiceEntry at home without an address, and an empty one elsewhere for its host': [
    entry('shop', PORTS),
    entry('bank', 'resolution: STATIC, ports: [{number: 80, name: tcp, protocol: TCP}]'),
  ],
  'two ServiceEntries of one namespace for one host, one of them without a resolution': [
    entry('bank', `${PORTS}, resolution: DNS`),
    istio('ServiceEntry', 'other', `hosts: [api.example.com], ${PORTS}`, 'bank'),
  ],
  'a route of a Service whose waypoint is of another controller': [
    service('ledger', HTTP).replace('namespace: bank}', 'namespace: bank, labels: {istio.io/use-waypoint: foreign}}'),
    '{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: foreign}, spec: {controllerName: example.com/waypoints}}',
    object(
      'gateway.networking.k8s.io',
      'Gateway',
      'foreign',
      'bank',
      'gatewayClassName: foreign, listeners: [{name: http, port: 80, protocol: HTTP}]',
    ),
    attached('HTTPRoute', 'bank', 'name: ledger', '{name: cart, namespace: shop, port: 8080}'),
  ],
  'a ServiceEntry that takes a port, and a pod that is known by its headless Service': [
    service('ledger', '{name: tcp, port: 9000}', HEADLESS),
    istio('ServiceEntry', 'taking', 'hosts: [www.example.com], resolution: DNS, ports: [{number: 9000, name: tcp, protocol: TCP}]'),
  ],
  'a ServiceEntry at home, and an empty one elsewhere for its host': [
    entry('shop', `${PORTS}, resolution: DNS`),
    entry('bank', 'resolution: STATIC, ports: [{number: 80, name: tcp, protocol: TCP}]'),
  ],
  'a TCPRoute of another namespace than its Service': [
    service('ledger', BYTES),
    CART_BYTES,
    attached('TCPRoute', 'shop', 'namespace: bank, name: ledger', '{name: bytes, namespace: shop, port: 7000}'),
  ],
  'a TCPRoute for a Service of another namespace that waypoints may stand before': [
    service('ledger', BYTES),
    CART_BYTES,
    attached('TCPRoute', 'bank', 'namespace: shop, name: bytes', '{name: ledger, port: 9000}'),
  ],
  'a TCPRoute of the namespace that a waypoint stands in, for a Service of another': [
    service('ledger', BYTES).replace('namespace: bank}', `namespace: bank, ${OTHERS_WAYPOINT}}`),
    FOR_ALL,
    CART_BYTES,
    attached('TCPRoute', 'shop', 'namespace: bank, name: ledger', '{name: bytes, namespace: shop, port: 7000}'),
  ],
  'an HTTPRoute of the namespace that a waypoint stands in, for a Service of another': [
    service('ledger', HTTP).replace('namespace: bank}', `namespace: bank, ${OTHERS_WAYPOINT}}`),
    FOR_ALL,
    attached('HTTPRoute', 'shop', 'namespace: bank, name: ledger', '{name: cart, namespace: shop, port: 8080}'),
  ],
  'a route without a port at a port whose protocol is guessed': [
    service('ledger', '{name: odd, port: 9090, targetPort: 8080}'),
    istio('VirtualService', 'b', `hosts: [${LEDGER_HOST}], http: [{route: [{destination: {host: cart.shop.svc.cluster.local}}]}]`, 'bank'),
  ],
  'a ServiceEntry of bytes without an address on a port where HTTP is spoken': [
    service('ledger', '{name: http, port: 8080}'),
    istio('ServiceEntry', 'taking', 'hosts: [www.example.com], resolution: DNS, ports: [{number: 8080, name: tcp, protocol: TCP}]'),
  ],
  'a ServiceEntry of bytes without an address on a port whose protocol is guessed, and no headless one': [
    service('ledger', '{name: odd, port: 9000, targetPort: 8080}'),
    istio('ServiceEntry', 'taking', 'hosts: [www.example.com], resolution: DNS, ports: [{number: 9000, name: tcp, protocol: TCP}]'),
  ],
  'two ServiceEntries of bytes without an address on a port where HTTP is spoken': [
    service('ledger', '{name: http, port: 8080}'),
    istio('ServiceEntry', 'taking', 'hosts: [www.example.com], resolution: DNS, ports: [{number: 8080, name: tcp, protocol: TCP}]'),
    istio('ServiceEntry', 'other', 'hosts: [other.example.com], resolution: DNS, ports: [{number: 8080, name: tcp, protocol: TCP}]'),
  ],
  'a route without a port at a port whose protocol is guessed, before a waypoint': [
    service('ledger', OWN),
    made.service('odd', 'app: cart', { port: '{name: odd, port: 7000, targetPort: 8080}' }),
    istio('VirtualService', 'b', `hosts: [odd.shop.svc.cluster.local], ${to(LEDGER_HOST)}`),
  ],
  'a ServiceEntry without endpoints that a Sidecar does not name': [
    entry('bank', 'resolution: STATIC, ports: [{number: 443, name: https, protocol: HTTPS}]'),
    istio('Sidecar', 'default', 'egress: [{hosts: [./*]}]'),
  ],
  'a ServiceEntry of pods that a Sidecar does not name': [
    entry(
      'bank',
      `${PORTS.replace('protocol', 'targetPort: 8080, protocol')}, resolution: STATIC, location: MESH_INTERNAL, workloadSelector: {labels: {app: cart}}`,
    ),
    istio('Sidecar', 'default', 'egress: [{hosts: [./*]}]'),
  ],
  'a route for callers of another namespace': [route(`http: [{match: [{sourceNamespace: bank}], ${ONWARD}}]`), service('ledger', HTTP)],
  'a route that names the mesh beside callers of another namespace': [
    route(`http: [{match: [{gateways: [mesh], sourceNamespace: bank}], ${ONWARD}}]`),
    service('ledger', HTTP),
  ],
  'a route for callers of the same namespace': [route(`http: [{match: [{sourceNamespace: shop}], ${ONWARD}}]`), service('ledger', HTTP)],
  'a wildcard route without a port to a Service that has another one': [
    service('ledger', OWN),
    istio('VirtualService', 'b', `hosts: ["*.shop.svc.cluster.local"], http: [{route: [{destination: {host: ${LEDGER_HOST}}}]}]`),
  ],
};

const CASES = Object.entries(PLANES).flatMap(([plane, namespaces]) =>
  Object.entries(FOUND).map(([name, pieces]) => [`${name}, ${plane}`, [...namespaces, made.CART, WEB, PODS, ...pieces]] as const),
);

describe('what was found by chance', () => {
  it.each(CASES)('is read as istiod reads it: %s', async (_, pieces) => {
    const differences = await differencesAbout(meshFrom(made.objects(...pieces)));
    expect(differences.filter(([, said]) => !said.startsWith('evaluator cannot tell: '))).toEqual([]);
  });
});

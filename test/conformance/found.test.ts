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
  'a ServiceEntry of pods without a resolution': [entry('bank', `${PORTS}, workloadSelector: {labels: {app: ledger}}`)],
  'a ServiceEntry at home, and an empty one elsewhere for its host': [
    entry('shop', `${PORTS}, resolution: DNS`),
    entry('bank', 'resolution: STATIC, ports: [{number: 80, name: tcp, protocol: TCP}]'),
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

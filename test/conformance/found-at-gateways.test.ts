import { compare } from './raw/differences';
import { diceOf, questionsAbout } from './raw/questions';
import * as made from '../verdict/fixtures';

const REQUESTS = 200;

const PLANES = {
  sidecars: [made.namespace('shop', made.SIDECAR), made.namespace('bank', made.SIDECAR)],
  ambient: [made.namespace('shop', made.AMBIENT), made.namespace('bank', made.AMBIENT)],
};

const object = (apiVersion: string, kind: string, name: string, spec: string, labels = '') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}, namespace: bank, labels: {${labels}}}
spec: {${spec}}`;
const istio = (kind: string, name: string, spec: string, labels = '') => object('networking.istio.io/v1', kind, name, spec, labels);

const BY_DOOR = 'istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: "true"';
const WAYPOINT = made.waypoint('service').replace('namespace: shop', 'namespace: bank');
const CLOSED = made.policy('closed', 'targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}]', 'bank');
const ledger = (name: string, rest = '', ports = '{name: http, port: 80, targetPort: 8080}') =>
  object('v1', 'Service', name, `selector: {app: ledger}, ports: [${ports}]${rest}`, BY_DOOR);
const HEADLESS = ', clusterIP: None';
const PODS = made.deployment('ledger', 'ledger', 'v1', 'bank');
/** For shop.example.com, as the questions ask for it. */
const leadingTo = (backend: string) =>
  made.GATEWAY.replace('protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}', 'protocol: HTTP').replace('443', '80') +
  object(
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'door',
    `parentRefs: [{name: gateway, namespace: edge}], hostnames: [shop.example.com], rules: [{backendRefs: [{${backend}}]}]`,
  );

const OF_PODS =
  'hosts: [api.example.com], resolution: STATIC, location: MESH_INTERNAL, ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}], workloadSelector: {labels: {app: ledger}}';
const OF_GATEWAYS = 'version: v1, sidecar.istio.io/inject: "true"}, annotations: {inject.istio.io/templates: gateway}}';
const secured = (number: number, tls: string) =>
  `{port: {number: ${number}, name: https-${number}, protocol: HTTPS}, hosts: ["*"], tls: {${tls}}}`;
const OWN = 'mode: SIMPLE, credentialName: cert';

/** What meshes of chance have shown to be read wrongly once, where a gateway takes part. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  'a headless Service that gateways shall reach through its waypoint': [ledger('ledger', HEADLESS), leadingTo('name: ledger, port: 80')],
  'two headless Services that gateways shall reach through one waypoint': [
    ledger('ledger', HEADLESS),
    ledger('other', HEADLESS),
    leadingTo('name: ledger, port: 80'),
  ],
  'a port that a Service behind a closed waypoint does not have': [ledger('ledger'), leadingTo('name: ledger, port: 81'), CLOSED],
  'a host outside that gateways look up past its closed waypoint': [
    istio('ServiceEntry', 'api', 'hosts: [api.example.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]', BY_DOOR),
    leadingTo('group: networking.istio.io, kind: Hostname, name: api.example.com, port: 80'),
    CLOSED,
  ],
  'pods behind a ServiceEntry that gateways cannot reach through its waypoint, for its address is none that anybody wrote': [
    istio('ServiceEntry', 'api', OF_PODS, BY_DOOR),
    leadingTo('group: networking.istio.io, kind: Hostname, name: api.example.com, port: 80'),
  ],
  'pods behind a ServiceEntry with an address that gateways reach through its closed waypoint': [
    istio('ServiceEntry', 'api', `${OF_PODS}, addresses: [10.99.3.3]`, BY_DOOR),
    leadingTo('group: networking.istio.io, kind: Hostname, name: api.example.com, port: 80'),
    CLOSED,
  ],
  'servers of a gateway with a certificate of its own and with that of the mesh, to which callers shall speak the TLS of the mesh': [
    made.deployment('front', 'front', 'v1', 'bank').replace('version: v1}}', OF_GATEWAYS),
    ledger('front', '', '{name: http, port: 443}, {name: http-own, port: 8443}').replace('app: ledger', 'app: front'),
    istio('Gateway', 'front', `selector: {app: front}, servers: [${secured(443, OWN)}, ${secured(8443, 'mode: ISTIO_MUTUAL')}]`),
    istio('DestinationRule', 'front', 'host: front.bank.svc.cluster.local, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}'),
    istio(
      'VirtualService',
      'front',
      'hosts: ["*"], gateways: [bank/front], http: [{route: [{destination: {host: cart.shop.svc.cluster.local}}]}]',
    ),
  ],
};

const CASES = Object.entries(PLANES).flatMap(([plane, namespaces]) =>
  Object.entries(FOUND).map(([name, pieces]) => [`${name}, ${plane}`, [...namespaces, made.CART, PODS, WAYPOINT, ...pieces]] as const),
);

describe('what was found by chance at gateways', () => {
  it.each(CASES)('is read as istiod reads it: %s', async (name, pieces) => {
    const { differences } = await compare(made.objects(...pieces), (cluster) => questionsAbout(cluster, diceOf(name), REQUESTS));
    expect(differences).toEqual([]);
  });
});

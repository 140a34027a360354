import { CORE, GATEWAY_API, NETWORKING, SECURITY } from './manifest-reader';

/** Fields that a rule compares or tests. What a program passes on stands in some manifest, so these tell of every value that is not known yet. */
export interface Comparison {
  readonly codes: readonly string[];
  /** `group/Kind` of the objects; absent for all. */
  readonly kinds?: readonly string[];
  /** Keys divided by spaces, for labels have dots; in lists every item is meant. */
  readonly fields: readonly string[];
  /** True for objects of this library, false for what stands beside; absent for both. */
  readonly made?: boolean;
  /** With the same field of another object: where there is but one, nothing waits. */
  readonly pairs?: boolean;
  /** With each other: where one is missing, nothing waits. */
  readonly together?: boolean;
  /** What the rule reports as missing may be this very object: it is silent altogether until that is known. */
  readonly sought?: boolean;
}

const NAMESPACE = [`${CORE}/Namespace`];
const SERVICE = [`${CORE}/Service`];
const ACCOUNT = [`${CORE}/ServiceAccount`];
const WORKLOADS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job'];
const VIRTUAL_SERVICE = [`${NETWORKING}/VirtualService`];
const DESTINATION_RULE = [`${NETWORKING}/DestinationRule`];
const ENTRY = [`${NETWORKING}/ServiceEntry`];
const PEER_AUTHENTICATION = [`${SECURITY}/PeerAuthentication`];
const POLICY = [`${SECURITY}/AuthorizationPolicy`];
const HTTP_ROUTE = [`${GATEWAY_API}/HTTPRoute`];
const ROUTES = [...HTTP_ROUTE, ...['GRPCRoute', 'TCPRoute', 'TLSRoute'].map((kind) => `${GATEWAY_API}/${kind}`)];

/** Every way through lists of words, one of each. */
const each = (...lists: readonly string[][]): string[] =>
  lists.reduce((ways, words) => ways.flatMap((way) => words.map((word) => `${way} ${word}`)));

const NAME = ['metadata name', 'metadata namespace'];
const POD_LABELS = 'spec template metadata labels';
const CONTAINERS = 'spec template spec containers';
const PLANE_LABELS = ['istio-injection', 'istio.io/dataplane-mode', 'sidecar.istio.io/inject'];
const MTLS_MODES = ['spec mtls mode', 'spec portLevelMtls'];
const TLS_MODES = each(['spec trafficPolicy', 'spec trafficPolicy portLevelSettings', 'spec subsets trafficPolicy'], ['tls mode']);
const DESTINATIONS = each(['spec http', 'spec tls', 'spec tcp'], ['route destination']);
const PROBES = each([CONTAINERS], ['livenessProbe', 'readinessProbe', 'startupProbe'], ['httpGet', 'tcpSocket', 'grpc'], ['port']);
const REFS = each(['spec rules backendRefs', 'spec parentRefs'], ['name', 'namespace', 'port']);

export const COMPARISONS: readonly Comparison[] = [
  { codes: ['MESH101'], kinds: NAMESPACE, fields: each(['metadata labels'], PLANE_LABELS) },
  { codes: ['MESH101', 'MESH113'], kinds: WORKLOADS, fields: each([POD_LABELS, 'spec template metadata annotations'], PLANE_LABELS) },
  { codes: ['MESH104'], kinds: DESTINATION_RULE, fields: ['spec host', ...TLS_MODES] },
  { codes: ['MESH104'], kinds: PEER_AUTHENTICATION, fields: MTLS_MODES, sought: true },
  { codes: ['MESH105'], kinds: SERVICE, fields: each(['spec ports'], ['name', 'appProtocol', 'protocol']) },
  { codes: ['MESH106'], kinds: SERVICE, fields: ['spec ports targetPort'] },
  { codes: ['MESH106'], kinds: WORKLOADS, fields: each([CONTAINERS], ['ports containerPort', 'securityContext runAsUser']) },
  { codes: ['MESH107'], fields: ['metadata name', 'metadata labels'] },
  { codes: ['MESH111'], fields: NAME },
  { codes: ['MESH107'], kinds: WORKLOADS, fields: [POD_LABELS] },
  { codes: ['MESH108', 'MESH109', 'MESH110'], kinds: PEER_AUTHENTICATION, fields: MTLS_MODES },
  { codes: ['MESH112'], kinds: NAMESPACE, fields: each(['metadata labels'], PLANE_LABELS), sought: true },
  { codes: ['MESH114'], kinds: WORKLOADS, fields: PROBES },
  { codes: ['MESH204'], kinds: POLICY, fields: each(['spec rules from source'], ['principals', 'serviceAccounts']) },
  { codes: ['MESH204'], kinds: ACCOUNT, fields: NAME, sought: true },
  { codes: ['MESH211'], kinds: POLICY, fields: ['spec action', 'spec selector', 'spec rules when key'] },
  { codes: ['MESH213', 'MESH215'], kinds: SERVICE, fields: ['spec selector', 'metadata labels istio.io/use-waypoint'], made: false },
  { codes: ['MESH301'], kinds: DESTINATION_RULE, fields: ['spec host', 'spec subsets labels'] },
  { codes: ['MESH301'], kinds: VIRTUAL_SERVICE, fields: each(DESTINATIONS, ['host', 'subset']) },
  { codes: ['MESH301', 'MESH308'], kinds: ROUTES, fields: REFS },
  { codes: ['MESH301'], kinds: DESTINATION_RULE, fields: ['spec host', 'spec subsets name'], sought: true },
  { codes: ['MESH301'], kinds: SERVICE, fields: [...NAME, 'spec selector'], sought: true },
  { codes: ['MESH301'], kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  { codes: ['MESH302'], kinds: VIRTUAL_SERVICE, fields: each(['spec http', 'spec tls', 'spec tcp'], ['route weight']) },
  { codes: ['MESH303'], kinds: VIRTUAL_SERVICE, fields: ['spec hosts', 'spec exportTo', 'spec gateways'], pairs: true },
  { codes: ['MESH303'], kinds: DESTINATION_RULE, fields: ['spec host'], pairs: true },
  { codes: ['MESH304'], kinds: [...VIRTUAL_SERVICE, ...ROUTES], fields: ['spec hosts', 'spec parentRefs name'], pairs: true },
  {
    codes: ['MESH305'],
    kinds: VIRTUAL_SERVICE,
    fields: ['spec http timeout', 'spec http retries attempts', 'spec http retries perTryTimeout'],
    together: true,
  },
  {
    codes: ['MESH307'],
    kinds: VIRTUAL_SERVICE,
    fields: each(['spec http'], ['retries attempts', 'retries retryOn', 'match method']),
    made: false,
  },
  { codes: ['MESH308'], kinds: VIRTUAL_SERVICE, fields: each(DESTINATIONS, ['host', 'port number']), made: false },
  { codes: ['MESH308'], kinds: DESTINATION_RULE, fields: ['spec host'], made: false },
  { codes: ['MESH308'], kinds: SERVICE, fields: [...NAME, 'spec ports port'], sought: true },
  { codes: ['MESH311'], kinds: ENTRY, fields: ['spec hosts', 'spec exportTo'], pairs: true },
  { codes: ['MESH402'], kinds: HTTP_ROUTE, fields: ['spec hostnames'], made: true, pairs: true },
];

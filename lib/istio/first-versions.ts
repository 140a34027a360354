import { CORE, EXTENSIONS, GATEWAY_API, NETWORKING, SECURITY, TELEMETRY } from './api-groups';
import { USE_WAYPOINT_CANARY, XFCC_INCLUDE_CLIENT_IDENTITY } from './labels';

/** Something that not every version has. */
export interface FirstVersion {
  /** The first that has it. */
  readonly version: string;
  /** Patches of older lines that have it as well. */
  readonly alsoIn?: readonly string[];
  /** Older ones take it, and do something wrong. */
  readonly isRepair?: boolean;
  /** `group/Kind` of the objects that may say it. */
  readonly kinds: readonly string[];
  /** Where it stands in them: `spec.rules[].from[].source.trustDomains`; absent, as the mark, for every such object. */
  readonly field?: string;
  /** The value that is meant, where not every one is. */
  readonly value?: number;
  /** The label or annotation that says it. */
  readonly mark?: string;
  /** The version of the kind that older ones read instead. */
  readonly olderApi?: string;
  /** What goes wrong before. */
  readonly before: string;
}

const DESTINATION_RULE = [`${NETWORKING}/DestinationRule`];
const ROUTES = [`${GATEWAY_API}/HTTPRoute`, `${GATEWAY_API}/GRPCRoute`];
const WEB_ROUTES = [`${GATEWAY_API}/HTTPRoute`];
const WAYPOINT_USERS = [`${CORE}/Service`, `${CORE}/Namespace`, `${NETWORKING}/ServiceEntry`];
const UNKNOWN = 'earlier CRDs do not know the field';

const POLICIES = ['spec.trafficPolicy', 'spec.subsets[].trafficPolicy'];
const LEVELS = [...POLICIES, ...POLICIES.map((level) => `${level}.portLevelSettings[]`)];

/** Fields of a DestinationRule that came with 1.31, on every level. */
const OF_POLICIES = [
  ...LEVELS.map((level) => `${level}.connectionPool.http.http2KeepAlive`),
  ...LEVELS.map((level) => `${level}.loadBalancer.zoneAwareLbSetting`),
  ...POLICIES.map((level) => `${level}.retryBudget.budgetInterval`),
];

/** What began in a version of Istio that is still supported, and what must not run on an older one. */
export const ISTIO_FIRST: readonly FirstVersion[] = [
  {
    version: '1.30.0',
    alsoIn: ['1.29.2'],
    isRepair: true,
    kinds: [`${SECURITY}/RequestAuthentication`],
    field: 'spec.jwtRules[].issuer',
    before: 'keys of issuers leak or are fetched from anywhere (CVE-2026-31837, CVE-2026-41413)',
  },
  {
    version: '1.30.0',
    alsoIn: ['1.29.2'],
    isRepair: true,
    kinds: [`${SECURITY}/AuthorizationPolicy`],
    field: 'spec.rules[].from[].source.serviceAccounts',
    before: 'names of accounts are read as patterns (CVE-2026-39350)',
  },
  { version: '1.30.0', kinds: [`${EXTENSIONS}/TrafficExtension`], before: 'there is no such kind' },
  { version: '1.30.0', kinds: [`${TELEMETRY}/Telemetry`], field: 'spec.tracing[].disableContextPropagation', before: UNKNOWN },
  ...POLICIES.map((level) => ({
    version: '1.30.0',
    isRepair: true,
    kinds: DESTINATION_RULE,
    field: `${level}.retryBudget`,
    before: 'a retry budget is lost where there are subsets, and has another percentage where it names none',
  })),
  { version: '1.30.0', kinds: [`${GATEWAY_API}/TLSRoute`], before: 'istiod reads TLSRoutes behind an alpha flag alone' },
  {
    version: '1.30.0',
    kinds: [`${GATEWAY_API}/Gateway`],
    mark: XFCC_INCLUDE_CLIENT_IDENTITY,
    before: 'waypoints send no identity of the caller on',
  },
  { version: '1.31.0', kinds: [`${GATEWAY_API}/ListenerSet`], before: 'istiod reads ListenerSets behind an alpha flag alone' },
  {
    version: '1.31.0',
    kinds: [`${GATEWAY_API}/TCPRoute`],
    olderApi: 'v1alpha2',
    before: 'istiod reads TCPRoutes of an alpha version alone',
  },
  ...OF_POLICIES.map((field) => ({ version: '1.31.0', kinds: DESTINATION_RULE, field, before: UNKNOWN })),
  { version: '1.31.0', kinds: [`${NETWORKING}/VirtualService`], field: 'spec.http[].redirect.prefixRewrite', before: UNKNOWN },
  ...['trustDomains', 'notTrustDomains'].map((field) => ({
    version: '1.31.0',
    kinds: [`${SECURITY}/AuthorizationPolicy`],
    field: `spec.rules[].from[].source.${field}`,
    before: UNKNOWN,
  })),
  {
    version: '1.31.1',
    alsoIn: ['1.30.4'],
    isRepair: true,
    kinds: [`${GATEWAY_API}/BackendTLSPolicy`],
    before: 'sidecars send plaintext where its authorities are not found',
  },
  {
    version: '1.31.0',
    kinds: WAYPOINT_USERS,
    mark: USE_WAYPOINT_CANARY,
    before: 'nobody reads the label of a waypoint canary',
  },
  {
    version: '1.31.1',
    isRepair: true,
    kinds: WAYPOINT_USERS,
    mark: USE_WAYPOINT_CANARY,
    before: 'the label goes round what a ServiceEntry says of who sees it',
  },
];

/** What no field tells: policies by which several authorizers are asked about the requests of one proxy. */
export const SEVERAL_AUTHORIZERS: FirstVersion = {
  version: '1.30.0',
  kinds: [`${SECURITY}/AuthorizationPolicy`],
  before: 'requests of which several authorizers of one proxy should be asked are refused, and no flag of istiod changes that',
};

/** What began in a bundle of the Gateway API, in its standard channel. */
export const GATEWAY_API_FIRST: readonly FirstVersion[] = [
  {
    version: '1.1',
    kinds: ['GatewayClass', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'ReferenceGrant'].map(ofGateway),
    before: 'there is no such kind',
  },
  { version: '1.2', kinds: WEB_ROUTES, field: 'spec.rules[].timeouts', before: UNKNOWN },
  { version: '1.2', kinds: [`${GATEWAY_API}/Gateway`], field: 'spec.infrastructure', before: UNKNOWN },
  ...['fraction', 'percent'].map((field) => ({
    version: '1.3',
    kinds: ROUTES,
    field: `spec.rules[].filters[].requestMirror.${field}`,
    before: UNKNOWN,
  })),
  { version: '1.4', kinds: ROUTES, field: 'spec.rules[].name', before: UNKNOWN },
  { version: '1.4', kinds: [`${GATEWAY_API}/BackendTLSPolicy`], before: 'there is no such kind' },
  { version: '1.5', kinds: ['ListenerSet', 'TLSRoute'].map(ofGateway), before: 'there is no such kind' },
  { version: '1.5', kinds: WEB_ROUTES, field: 'spec.rules[].filters[].cors', before: UNKNOWN },
  ...[303, 307, 308].map((value) => ({
    version: '1.5',
    kinds: WEB_ROUTES,
    field: 'spec.rules[].filters[].requestRedirect.statusCode',
    value,
    before: 'earlier CRDs do not take the status',
  })),
  ...['allowedListeners', 'tls'].map((field) => ({
    version: '1.5',
    kinds: [`${GATEWAY_API}/Gateway`],
    field: `spec.${field}`,
    before: UNKNOWN,
  })),
  { version: '1.6', kinds: ['TCPRoute', 'UDPRoute'].map(ofGateway), olderApi: 'v1alpha2', before: 'there is no such kind' },
  ...['codes', 'attempts'].map((field) => ({ version: '1.7', kinds: WEB_ROUTES, field: `spec.rules[].retry.${field}`, before: UNKNOWN })),
];

/** A version of its API that no bundle serves outside its experimental channel. */
export const GATEWAY_API_ALPHA = 'v1alpha2';

/** What no bundle has outside its experimental channel. */
export const GATEWAY_API_EXPERIMENTAL: readonly string[] = [
  'spec.rules[].retry.backoff',
  'spec.rules[].sessionPersistence',
  'spec.rules[].filters[].externalAuth',
];

function ofGateway(kind: string): string {
  return `${GATEWAY_API}/${kind}`;
}

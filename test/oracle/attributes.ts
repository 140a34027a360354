import type { Access, HttpAccess, Token } from './access';
import { inBlock } from './addresses';
import { pathMatches, textMatches } from './text-match';

/** One property of a request that a rule may ask for. */
export interface Attribute {
  /** Only who reads HTTP knows it. */
  readonly isHttp: boolean;
  /** ztunnel reads it, cannot and so drops an ALLOW rule that asks for it, or passes over it as if it were not written. */
  readonly inZtunnel: 'read' | 'unsupported' | 'overlooked';
  matches(value: string, access: Access, policyNamespace: string): boolean;
}

type Test = Attribute['matches'];

const onConnection = (matches: Test): Attribute => ({ isHttp: false, inZtunnel: 'read', matches });
const onProxy = (matches: Test): Attribute => ({ isHttp: false, inZtunnel: 'unsupported', matches });
const onRequest = (test: (value: string, http: HttpAccess) => boolean): Attribute => ({
  isHttp: true,
  inZtunnel: 'unsupported',
  matches: (value, { http }) => http !== undefined && test(value, http),
});

const PRINCIPAL = onConnection((value, { principal }) => textMatches(value, principal));
const NAMESPACE = onConnection((value, { principal }) => textMatches(value, principal?.split('/')[2]));
const SOURCE_IP = onConnection((value, access) => inBlock(value, access.sourceAddress));
const REMOTE_IP = onProxy((value, access) => inBlock(value, access.sourceAddress));
const PORT = onConnection((value, access) => Number(value) === access.port);
const REQUEST_PRINCIPAL = onRequest((value, { token }) => textMatches(value, requestPrincipal(token)));
const TRUST_DOMAIN = onProxy((value, { principal }) => textMatches(value, principal?.split('/')[0]));
const SERVICE_ACCOUNT = onConnection((value, { principal }, policyNamespace) => {
  const [, , namespace, , account] = principal?.split('/') ?? [];
  return (value.includes('/') ? value : `${policyNamespace}/${value}`) === `${namespace}/${account}`;
});

/** Fields of `from.source`. */
export const SOURCE_FIELDS: Readonly<Record<string, Attribute>> = {
  principals: PRINCIPAL,
  namespaces: NAMESPACE,
  serviceAccounts: SERVICE_ACCOUNT,
  trustDomains: { ...TRUST_DOMAIN, inZtunnel: 'overlooked' },
  ipBlocks: SOURCE_IP,
  remoteIpBlocks: REMOTE_IP,
  requestPrincipals: REQUEST_PRINCIPAL,
};

/** Fields of `to.operation`. */
export const OPERATION_FIELDS: Readonly<Record<string, Attribute>> = {
  ports: PORT,
  methods: onRequest((value, { method }) => textMatches(value, method)),
  paths: onRequest((value, { path }) => pathMatches(value, path)),
  hosts: onRequest((value, { host }) => textMatches(value.toLowerCase(), host.toLowerCase())),
};

const CONDITION_KEYS: Readonly<Record<string, Attribute>> = {
  'source.ip': SOURCE_IP,
  'source.namespace': NAMESPACE,
  'source.principal': PRINCIPAL,
  'destination.ip': onConnection((value, access) => inBlock(value, access.destinationAddress)),
  'destination.port': PORT,
  'source.serviceAccount': { ...SERVICE_ACCOUNT, inZtunnel: 'unsupported' },
  'source.trustDomain': TRUST_DOMAIN,
  'remote.ip': REMOTE_IP,
  'request.auth.principal': REQUEST_PRINCIPAL,
  'request.auth.audiences': onRequest((value, { token }) => (token?.audiences ?? []).some((one) => textMatches(value, one))),
};

/** The attribute of a `when` key; `request.headers[x]` and `request.auth.claims[a][b]` name theirs in brackets. */
export function conditionOf(key: string): Attribute {
  const known = CONDITION_KEYS[key];
  if (known) return known;
  const names = [...key.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name);
  if (key.startsWith('request.headers[')) return onRequest((value, { headers }) => textMatches(value, headers[names[0].toLowerCase()]));
  if (key.startsWith('request.auth.claims[')) return onRequest((value, { token }) => claimMatches(value, claimOf(token, names)));
  throw new Error(`the oracle does not know the condition ${key}`);
}

const requestPrincipal = (token: Token | undefined): string | undefined => token && `${token.issuer}/${token.subject ?? ''}`;

function claimOf(token: Token | undefined, names: readonly string[]): unknown {
  const claims: unknown = token && { iss: token.issuer, sub: token.subject, aud: token.audiences, ...token.claims };
  return names.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), claims);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const claimMatches = (wanted: string, claim: unknown): boolean =>
  [claim].flat().some((one) => typeof one === 'string' && textMatches(wanted, one));

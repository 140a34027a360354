import type { Token } from '../requests/request';
import type { Access, HttpAccess } from './access';
import { inBlock } from './address-blocks';
import { pathMatches, textMatches } from './text-match';
import { claimTexts } from './token';
import type { Maybe } from './three-valued';

/** One property of a request that a rule may ask for. */
export interface Attribute {
  /** Only who reads HTTP knows it. */
  readonly isHttp: boolean;
  /** ztunnel reads it, cannot and so drops an ALLOW rule that asks for it, or passes over it as if it were not written. */
  readonly inZtunnel: 'read' | 'unsupported' | 'overlooked';
  matches(value: string, access: Access, policyNamespace: string): Maybe;
}

type Test = Attribute['matches'];

const onConnection = (matches: Test): Attribute => ({ isHttp: false, inZtunnel: 'read', matches });
const onProxy = (matches: Test): Attribute => ({ isHttp: false, inZtunnel: 'unsupported', matches });
const onRequest = (test: (value: string, http: HttpAccess) => boolean): Attribute => ({
  isHttp: true,
  inZtunnel: 'unsupported',
  matches: (value, { http }) => http !== undefined && test(value, http),
});

/** What a request of ours does not say, or what nobody here has heard of. */
const UNKNOWN: Attribute = onProxy(() => undefined);

const PRINCIPAL = onConnection((value, { principal }) => textMatches(value, principal));
const NAMESPACE = onConnection((value, { principal }) => textMatches(value, principal?.split('/')[2]));
const SOURCE_IP = onConnection((value, { sourceAddress = '' }) => inBlock(value, sourceAddress));
const REMOTE_IP = onProxy((value, { clientAddress }) => inBlock(value, clientAddress));
const PORT = onConnection((value, access) => Number(value) === access.port);
const REQUEST_PRINCIPAL = onRequest((value, { token }) => token !== undefined && isUser(value, token));
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
  'connection.sni': onProxy((value, { sni }) => (sni === undefined ? undefined : textMatches(value, sni))),
  'source.serviceAccount': { ...SERVICE_ACCOUNT, inZtunnel: 'unsupported' },
  'source.trustDomain': TRUST_DOMAIN,
  'remote.ip': REMOTE_IP,
  'request.auth.principal': REQUEST_PRINCIPAL,
  'request.auth.presenter': onRequest((value, { token }) => claimTexts(token, ['azp']).some((one) => textMatches(value, one))),
  'request.auth.audiences': onRequest((value, { token }) => (token?.audiences ?? []).some((one) => textMatches(value, one))),
};

/** The attribute of a `when` key; `request.headers[x]` and `request.auth.claims[a][b]` name theirs in brackets. */
export function conditionOf(key: string): Attribute {
  const known = CONDITION_KEYS[key];
  if (known) return known;
  const names = [...key.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name);
  if (names.length === 0) return UNKNOWN;
  // What stands before the headers of a request is compared in forms that are not read here.
  if (key.startsWith('request.headers[:')) return UNKNOWN;
  if (key.startsWith('request.headers[')) return onRequest((value, { headers }) => textMatches(value, headers[names[0].toLowerCase()]));
  return key.startsWith('request.auth.claims[')
    ? onRequest((value, { token }) => claimTexts(token, names).some((one) => textMatches(value, one)))
    : UNKNOWN;
}

/** Istio compares issuer and subject one by one, each a pattern at the end of the value where a star may stand. Who has no subject is nobody. */
function isUser(value: string, { issuer, subject = '' }: Token): boolean {
  if (subject === '') return false;
  const cut = value.lastIndexOf('/');
  if (cut === -1) return value.startsWith('*') ? textMatches(value, subject) : value.endsWith('*') && textMatches(value, issuer);
  const [wantedIssuer, wantedSubject] = [value.slice(0, cut), value.slice(cut + 1)];
  if (value.startsWith('*')) return textMatches(wantedIssuer, issuer) && wantedSubject === subject;
  return wantedIssuer === issuer && textMatches(wantedSubject, subject);
}

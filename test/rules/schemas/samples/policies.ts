import type { Refused, Taken } from './sample';

const inRules = (rule: string) => `rules: [{ ${rule} }]`;
const source = (text: string) => inRules(`from: [{ source: { ${text} } }]`);
const operation = (text: string) => inRules(`to: [{ operation: { ${text} } }]`);
const when = (text: string) => inRules(`when: [{ ${text} }]`);
const token = (text: string) => `jwtRules: [{ issuer: a, ${text} }]`;

const [SOURCE, OPERATION] = ['spec.rules.0.from.0.source', 'spec.rules.0.to.0.operation'];
const [WHEN, RULE] = ['spec.rules.0.when.0', 'spec.jwtRules.0'];

export const TAKEN_POLICIES: readonly Taken[] = [
  ['AuthorizationPolicy', ''],
  ['AuthorizationPolicy', 'action: DENY, rules: [{}]'],
  ['AuthorizationPolicy', 'action: CUSTOM, provider: { name: a }, rules: [{ to: [{ operation: { paths: [/a] } }] }]'],
  ['AuthorizationPolicy', source('ipBlocks: [10.0.0.1, 10.0.0.0/8, "2001:db8::/32"]')],
  ['AuthorizationPolicy', source('serviceAccounts: [a, shop/b], trustDomains: ["*.local"]')],
  ['AuthorizationPolicy', operation('ports: ["8080"], paths: ["/{*}/a/{**}", "/a*"]')],
  ['AuthorizationPolicy', inRules('when: [{ key: "request.headers[a]", values: [b] }, { key: source.ip, notValues: [10.0.0.1] }]')],
  [
    'AuthorizationPolicy',
    'targetRefs: [{ kind: Service, group: "", name: cart }, { kind: Gateway, group: gateway.networking.k8s.io, name: a }]',
  ],
  ['PeerAuthentication', 'selector: { matchLabels: { app: a } }, portLevelMtls: { 80: { mode: DISABLE } }'],
  ['RequestAuthentication', 'jwtRules: [{ issuer: a, jwksUri: "https://a.example.com:8443/keys", timeout: 5s }]'],
  ['RequestAuthentication', token('fromHeaders: [{ name: x-token }], outputClaimToHeaders: [{ header: x-sub, claim: sub }]')],
];

export const REFUSED_POLICIES: readonly Refused[] = [
  ['AuthorizationPolicy', 'action: DENY', 'denies nothing', ''],
  ['AuthorizationPolicy', 'action: CUSTOM, provider: { name: a }', 'asks nobody', ''],
  ['AuthorizationPolicy', 'action: CUSTOM, rules: [{}]', 'whom to ask', ''],
  ['AuthorizationPolicy', 'provider: { name: a }, rules: [{}]', 'has a provider', ''],
  [
    'AuthorizationPolicy',
    'action: CUSTOM, provider: { name: a }, rules: [{ from: [{ source: { namespaces: [a] } }] }]',
    'the identity of callers',
    `${SOURCE}.namespaces.0`,
  ],
  ['AuthorizationPolicy', inRules('from: [{}]'), 'says nothing', SOURCE],
  ['AuthorizationPolicy', operation('paths: []'), 'says nothing', OPERATION],
  ['AuthorizationPolicy', operation('paths: [""]'), 'an empty value', `${OPERATION}.paths.0`],
  ['AuthorizationPolicy', source('ipBlocks: [10.0.0.0/33]'), 'neither', `${SOURCE}.ipBlocks.0`],
  ['AuthorizationPolicy', when('key: source.ip, values: [a]'), 'neither', WHEN],
  ['AuthorizationPolicy', operation('ports: [http]'), 'no number', `${OPERATION}.ports.0`],
  ['AuthorizationPolicy', operation('paths: ["/a/{id}"]'), 'braces', `${OPERATION}.paths.0`],
  ['AuthorizationPolicy', when('key: source.principal'), 'without values', WHEN],
  ['AuthorizationPolicy', when('key: source.principals, values: [a]'), 'does not know', WHEN],
  ['AuthorizationPolicy', when('key: "", values: [a]'), 'no key', WHEN],
  ['AuthorizationPolicy', when('key: source.namespace, values: [""]'), 'an empty value', WHEN],
  ['AuthorizationPolicy', when('key: source.serviceAccount, values: ["a*"]'), 'no ServiceAccount', WHEN],
  ['AuthorizationPolicy', when('key: source.trustDomain, values: ["a*b"]'), 'no trust domain', WHEN],
  ['AuthorizationPolicy', source('serviceAccounts: [a], namespaces: [b]'), 'beside namespaces', SOURCE],
  ['AuthorizationPolicy', source('serviceAccounts: [a/b/c]'), 'no ServiceAccount', `${SOURCE}.serviceAccounts`],
  ['AuthorizationPolicy', source('trustDomains: [a/b]'), 'no trust domain', `${SOURCE}.trustDomains.0`],
  ['AuthorizationPolicy', 'selector: { matchLabels: { app: "a*" } }', 'a star in its selector', 'spec.selector.matchLabels'],
  ['AuthorizationPolicy', 'selector: {}, targetRefs: [{ kind: Service, group: "", name: a }]', 'two of selector', 'spec'],
  ['AuthorizationPolicy', 'targetRefs: [{ kind: Deployment, group: apps, name: a }]', 'is for no Service', 'spec.targetRefs.0'],
  [
    'AuthorizationPolicy',
    'targetRefs: [{ kind: Service, group: "", name: a, namespace: b }]',
    'a namespace',
    'spec.targetRefs.0.namespace',
  ],
  ['PeerAuthentication', 'portLevelMtls: { 80: { mode: DISABLE } }', 'ports of their own', 'spec.portLevelMtls'],
  [
    'PeerAuthentication',
    'selector: { matchLabels: { app: a } }, portLevelMtls: { 70000: { mode: DISABLE } }',
    'no port',
    'spec.portLevelMtls',
  ],
  ['RequestAuthentication', 'jwtRules: [{ jwks: "" }]', 'neither issuer', RULE],
  ['RequestAuthentication', 'jwtRules: [{ jwksUri: ftp://a.example.com }]', 'no address of HTTP', `${RULE}.jwksUri`],
  ['RequestAuthentication', token('audiences: [""]'), 'an empty audience', `${RULE}.audiences`],
  ['RequestAuthentication', token('jwks: a'), 'no set of keys', `${RULE}.jwks`],
  ['RequestAuthentication', token('timeout: 0s'), 'no duration', `${RULE}.timeout`],
  ['RequestAuthentication', token('fromParams: [""]'), 'is empty', `${RULE}.fromParams.0`],
  [
    'RequestAuthentication',
    token('outputClaimToHeaders: [{ header: "x a", claim: b }]'),
    'name of a header',
    `${RULE}.outputClaimToHeaders.0.header`,
  ],
];

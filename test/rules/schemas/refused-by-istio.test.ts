import { refusedByIstio } from '../../../lib/rules/schemas/refused-by-istio';
import { findings, made, raw } from '../model-builder';

const object = (kind: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: api, namespace: shop }
spec: { ${spec} }
`;

const find = (kind: string, spec: string) => findings(refusedByIstio, { objects: raw(object(kind, spec)) });

const OK: ReadonlyArray<[string, string]> = [
  ['ServiceEntry', 'hosts: [a.example.com], resolution: DNS, ports: [{ number: 80, name: http }, { number: 443, name: tls }]'],
  ['ServiceEntry', 'hosts: ["*.example.com"], resolution: DYNAMIC_DNS, ports: [{ number: 443, name: tls }]'],
  ['ServiceEntry', 'hosts: ["*.example.com"], ports: [{ number: 443, name: tls }], addresses: [10.0.0.0/8]'],
  ['ServiceEntry', 'hosts: [a.example.com], resolution: STATIC, endpoints: [{ address: 10.0.0.1 }]'],
  ['ServiceEntry', 'hosts: [a.example.com], resolution: STATIC, workloadSelector: { labels: { app: a } }'],
  ['ServiceEntry', 'hosts: [a.example.com, b.example.com], resolution: DNS, ports: [{ number: 443, name: tls, protocol: TLS }]'],
  ['DestinationRule', 'host: api'],
  ['DestinationRule', 'host: api, trafficPolicy: { portLevelSettings: [{ port: { number: 80 } }] }'],
  [
    'DestinationRule',
    'host: api, trafficPolicy: { outlierDetection: { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 5 } }',
  ],
  ['VirtualService', 'hosts: ["*"], gateways: [door], http: [{ redirect: { uri: / } }]'],
  ['VirtualService', 'http: [{ delegate: { name: a } }, { directResponse: { status: 200 } }]'],
  ['VirtualService', 'hosts: [a, b.a, "*.c"], http: [{ match: [{ uri: { regex: "/(a|b)[(]+(?i)\\\\d*?" } }], redirect: { uri: / } }]'],
  ['VirtualService', 'hosts: [api], tls: [{ match: [{ sniHosts: [api] }] }]'],
  [
    'VirtualService',
    'hosts: [api], gateways: [door], http: [{ match: [{ headers: { "@request.auth.claims.sub": { exact: a } } }], redirect: { uri: / } }]',
  ],
  [
    'Gateway',
    'servers: [{ port: { protocol: HTTPS }, tls: { credentialName: a } }, { port: { protocol: HTTP }, tls: { httpsRedirect: true } }]',
  ],
  ['Sidecar', 'egress: [{ port: { number: 80 }, hosts: [./*] }, { hosts: [istio-system/*] }]'],
];

const REFUSED: ReadonlyArray<[string, string, string]> = [
  [
    'ServiceEntry',
    'resolution: STATIC, endpoints: [{ address: 10.0.0.1 }], workloadSelector: { labels: { app: a } }',
    'both endpoints and',
  ],
  ['ServiceEntry', 'hosts: [a.example.com], endpoints: [{ address: 10.0.0.1 }]', 'resolution NONE'],
  ['ServiceEntry', 'hosts: [a.example.com], resolution: DNS, addresses: [10.0.0.0/8]', 'range of addresses'],
  ['ServiceEntry', 'hosts: ["*.example.com"], resolution: DNS', 'a star'],
  ['ServiceEntry', 'resolution: DNS_ROUND_ROBIN, endpoints: [{ address: a.example.com }, { address: b.example.com }]', 'DNS_ROUND_ROBIN'],
  ['ServiceEntry', 'ports: [{ number: 80, name: http }, { number: 80, name: web }]', 'two ports'],
  ['ServiceEntry', 'ports: [{ number: 80, name: http }, { number: 81, name: http }]', 'two ports'],
  [
    'ServiceEntry',
    'hosts: [a.example.com, b.example.com], resolution: DNS, ports: [{ number: 9, name: tcp, protocol: TCP }]',
    'plain bytes',
  ],
  ['DestinationRule', 'host: api, trafficPolicy: {}', 'trafficPolicy that says nothing'],
  ['DestinationRule', 'host: api, subsets: [{ name: a, trafficPolicy: {} }]', 'trafficPolicy that says nothing'],
  ['DestinationRule', 'host: api, trafficPolicy: { connectionPool: {} }', 'connectionPool that says nothing'],
  ['DestinationRule', 'host: api, trafficPolicy: { tunnel: {}, proxyProtocol: {} }', 'both tunnel and'],
  [
    'DestinationRule',
    'host: api, trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 5 } }',
    'consecutiveLocalOriginFailures',
  ],
  [
    'DestinationRule',
    'host: api, trafficPolicy: { loadBalancer: { localityLbSetting: {}, zoneAwareLbSetting: {} } }',
    'zoneAwareLbSetting',
  ],
  ['DestinationRule', 'host: api, subsets: [{ name: a }, { name: a }]', 'two subsets'],
  ['VirtualService', 'hosts: ["*"], http: [{ redirect: { uri: / } }]', 'host *'],
  ['VirtualService', 'hosts: [api], http: [{ timeout: 5s }]', 'leads nowhere'],
  ['VirtualService', 'hosts: [api], http: [{ route: [{ destination: { host: a } }], redirect: { uri: / } }]', 'two of route'],
  ['VirtualService', 'hosts: [api], http: [{ redirect: { uri: / }, fault: { delay: {} } }]', 'a fault or a rewrite'],
  ['VirtualService', 'hosts: [api], http: [{ delegate: { name: a }, route: [{ destination: { host: a } }] }]', 'a delegate beside'],
  ['VirtualService', 'hosts: [api], http: [{ redirect: { uri: / }, mirror: { host: a }, mirrors: [{}] }]', 'both mirror and'],
  ['VirtualService', 'hosts: [api], http: [{ match: [{ uri: { regex: "/a(b" } }], redirect: { uri: / } }]', 'a regex that Istio does not'],
  ['VirtualService', 'hosts: [api], http: [{ match: [{ headers: { a: { regex: "(?!b).*" } } }], redirect: { uri: / } }]', 'a regex'],
  ['VirtualService', 'hosts: [a.b, "*.b"], http: [{ redirect: { uri: / } }]', 'one host twice'],
  ['VirtualService', 'gateways: [door], http: [{ redirect: { uri: / } }]', 'has no hosts'],
  ['VirtualService', 'hosts: [api]', 'no route at all'],
  ['VirtualService', 'hosts: [api], tls: [{ match: [{ port: 443 }] }]', 'without sniHosts'],
  [
    'VirtualService',
    'hosts: [api], http: [{ match: [{ headers: { "@request.auth.claims.sub": { exact: a } } }], redirect: { uri: / } }]',
    'claims of a token',
  ],
  ['Gateway', 'servers: [{ port: { protocol: HTTPS } }]', 'without tls'],
  ['Gateway', 'servers: [{ port: { protocol: HTTP }, tls: { mode: SIMPLE, credentialName: a } }]', 'in plain'],
  ['Sidecar', 'egress: [{ hosts: [./*] }, { port: { number: 80 }, hosts: [./*] }]', 'not the last'],
  ['Sidecar', 'egress: [{ hosts: [] }]', 'without hosts'],
];

const policy = (kind: string, spec: string) => object(kind, spec).replace('networking', 'security');
const inRules = (rule: string) => `rules: [{ ${rule} }]`;

const OK_POLICIES: ReadonlyArray<[string, string]> = [
  ['AuthorizationPolicy', ''],
  ['AuthorizationPolicy', 'action: DENY, rules: [{}]'],
  ['AuthorizationPolicy', 'action: CUSTOM, provider: { name: a }, rules: [{ to: [{ operation: { paths: [/a] } }] }]'],
  ['AuthorizationPolicy', inRules('from: [{ source: { ipBlocks: [10.0.0.1, 10.0.0.0/8, "2001:db8::/32"] } }]')],
  ['AuthorizationPolicy', inRules('to: [{ operation: { ports: ["8080"], paths: ["/{*}/a/{**}", "/a*"] } }]')],
  ['AuthorizationPolicy', inRules('when: [{ key: "request.headers[a]", values: [b] }, { key: source.ip, notValues: [10.0.0.1] }]')],
  ['PeerAuthentication', 'selector: { matchLabels: { app: a } }, portLevelMtls: { 80: { mode: DISABLE } }'],
  ['RequestAuthentication', 'jwtRules: [{ issuer: a, jwksUri: "https://a.example.com/keys" }]'],
];

const REFUSED_POLICIES: ReadonlyArray<[string, string, string, string]> = [
  ['AuthorizationPolicy', 'action: DENY', 'denies nothing', ''],
  ['AuthorizationPolicy', 'action: DENY, rules: []', 'denies nothing', ''],
  ['AuthorizationPolicy', 'action: CUSTOM, provider: { name: a }', 'asks nobody', ''],
  ['AuthorizationPolicy', 'action: CUSTOM, rules: [{}]', 'whom to ask', ''],
  ['AuthorizationPolicy', 'provider: { name: a }, rules: [{}]', 'has a provider', ''],
  [
    'AuthorizationPolicy',
    'action: CUSTOM, provider: { name: a }, rules: [{ from: [{ source: { namespaces: [a] } }] }]',
    'the identity of callers',
    'spec.rules.0.from.0.source.namespaces.0',
  ],
  ['AuthorizationPolicy', inRules('from: [{}]'), 'says nothing', 'spec.rules.0.from.0.source'],
  ['AuthorizationPolicy', inRules('to: [{ operation: { paths: [] } }]'), 'says nothing', 'spec.rules.0.to.0.operation'],
  ['AuthorizationPolicy', inRules('to: [{ operation: { paths: [""] } }]'), 'an empty value', 'spec.rules.0.to.0.operation.paths.0'],
  ['AuthorizationPolicy', inRules('from: [{ source: { ipBlocks: [10.0.0.0/33] } }]'), 'neither', 'spec.rules.0.from.0.source.ipBlocks.0'],
  ['AuthorizationPolicy', inRules('when: [{ key: source.ip, values: [a] }]'), 'neither', 'spec.rules.0.when.0'],
  ['AuthorizationPolicy', inRules('to: [{ operation: { ports: [http] } }]'), 'no number', 'spec.rules.0.to.0.operation.ports.0'],
  ['AuthorizationPolicy', inRules('to: [{ operation: { paths: ["/a/{id}"] } }]'), 'braces', 'spec.rules.0.to.0.operation.paths.0'],
  ['AuthorizationPolicy', inRules('when: [{ key: source.principal }]'), 'without values', 'spec.rules.0.when.0'],
  ['AuthorizationPolicy', inRules('when: [{ key: source.principals, values: [a] }]'), 'does not know', 'spec.rules.0.when.0'],
  ['AuthorizationPolicy', 'selector: { matchLabels: { app: "a*" } }', 'a star in its selector', 'spec.selector.matchLabels'],
  ['PeerAuthentication', 'portLevelMtls: { 80: { mode: DISABLE } }', 'ports of their own', 'spec.portLevelMtls'],
  ['RequestAuthentication', 'jwtRules: [{ jwks: a }]', 'neither issuer', 'spec.jwtRules.0'],
  ['RequestAuthentication', 'jwtRules: [{ jwksUri: a.example.com }]', 'no address of HTTP', 'spec.jwtRules.0.jwksUri'],
  ['RequestAuthentication', 'jwtRules: [{ issuer: a, audiences: [""] }]', 'an empty audience', 'spec.jwtRules.0.audiences'],
];

describe(refusedByIstio.title, () => {
  it.each(OK_POLICIES)('takes a %s: %s', (kind, spec) => {
    expect(findings(refusedByIstio, { objects: raw(policy(kind, spec)) })).toEqual([]);
  });

  it.each(REFUSED_POLICIES)('fails a %s: %s', (kind, spec, what, field) => {
    const found = findings(refusedByIstio, { objects: raw(policy(kind, spec)) });
    expect(found).toMatchObject([{ message: expect.stringContaining(what) }]);
    expect(found[0].field?.join('.') ?? '').toBe(field);
  });

  it('fails an answer of more than a megabyte', () => {
    const answer = (length: number) => `hosts: [api], http: [{ directResponse: { status: 200, body: { string: ${'a'.repeat(length)} } } }]`;
    expect(find('VirtualService', answer(100))).toEqual([]);
    expect(find('VirtualService', answer(2 ** 20 + 1))).toHaveLength(1);
  });

  it.each(OK)('takes a %s: %s', (kind, spec) => {
    expect(find(kind, spec)).toEqual([]);
  });

  it.each(REFUSED)('fails a %s: %s', (kind, spec, what) => {
    expect(find(kind, spec)).toMatchObject([{ message: expect.stringContaining(what) }]);
  });

  it('leaves what constructs write to the judges', () => {
    expect(findings(refusedByIstio, { objects: made(object('VirtualService', 'hosts: [api]')) })).toEqual([]);
  });
});

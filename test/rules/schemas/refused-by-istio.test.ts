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
  ['VirtualService', 'hosts: ["*"], gateways: [door], http: [{}]'],
  ['VirtualService', 'hosts: [api], tls: [{ match: [{ sniHosts: [api] }] }]'],
  ['VirtualService', 'hosts: [api], gateways: [door], http: [{ match: [{ headers: { "@request.auth.claims.sub": { exact: a } } }] }]'],
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
  ['VirtualService', 'hosts: ["*"], http: [{}]', 'host *'],
  ['VirtualService', 'hosts: [api]', 'no route at all'],
  ['VirtualService', 'hosts: [api], tls: [{ match: [{ port: 443 }] }]', 'without sniHosts'],
  ['VirtualService', 'hosts: [api], http: [{ match: [{ headers: { "@request.auth.claims.sub": { exact: a } } }] }]', 'claims of a token'],
  ['Gateway', 'servers: [{ port: { protocol: HTTPS } }]', 'without tls'],
  ['Gateway', 'servers: [{ port: { protocol: HTTP }, tls: { mode: SIMPLE, credentialName: a } }]', 'in plain'],
  ['Sidecar', 'egress: [{ hosts: [./*] }, { port: { number: 80 }, hosts: [./*] }]', 'not the last'],
  ['Sidecar', 'egress: [{ hosts: [] }]', 'without hosts'],
];

describe(refusedByIstio.title, () => {
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

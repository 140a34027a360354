import type { Refused, Taken } from './sample';

const [HTTP, TLS] = ['{ number: 80, name: http, protocol: HTTP }', '{ number: 443, name: tls, protocol: TLS }'];
const api = (text: string) => `hosts: [a.example.com], ${text}`;

export const TAKEN_SERVICES: readonly Taken[] = [
  ['ServiceEntry', api(`resolution: DNS, ports: [${HTTP}, ${TLS}]`)],
  ['ServiceEntry', `hosts: ["*.example.com"], resolution: DYNAMIC_DNS, ports: [${TLS}]`],
  ['ServiceEntry', `hosts: ["*.example.com"], ports: [${TLS}], addresses: [10.0.0.0/8], exportTo: ["~"]`],
  ['ServiceEntry', api(`resolution: STATIC, ports: [${HTTP}], endpoints: [{ address: 10.0.0.1, ports: { http: 8080 } }]`)],
  ['ServiceEntry', api(`resolution: STATIC, ports: [${HTTP}], endpoints: [{ address: unix:///var/a }]`)],
  ['ServiceEntry', api(`resolution: STATIC, ports: [${HTTP}], workloadSelector: { labels: { app: a } }`)],
  ['ServiceEntry', `hosts: [a.example.com, b.example.com], resolution: DNS, ports: [${TLS}]`],
  ['WorkloadEntry', 'address: 10.0.0.1, ports: { http: 80 }, labels: { app: a }'],
  ['WorkloadEntry', 'address: vm.example.com'],
  ['WorkloadEntry', 'network: elsewhere'],
  ['WorkloadGroup', 'template: {}, probe: { httpGet: { port: 80, scheme: HTTPS } }'],
];

export const REFUSED_SERVICES: readonly Refused[] = [
  [
    'ServiceEntry',
    api(`resolution: STATIC, ports: [${HTTP}], endpoints: [{ address: 10.0.0.1 }], workloadSelector: { labels: { app: a } }`),
    'both endpoints and',
    '',
  ],
  ['ServiceEntry', api(`ports: [${HTTP}], endpoints: [{ address: 10.0.0.1 }]`), 'resolution NONE', ''],
  ['ServiceEntry', api(`resolution: DNS, ports: [${HTTP}], addresses: [10.0.0.0/8]`), 'range of addresses', ''],
  ['ServiceEntry', api(`ports: [${HTTP}], addresses: [a.example.com]`), 'neither an address', 'spec.addresses.0'],
  ['ServiceEntry', `hosts: ["*.example.com"], resolution: DNS, ports: [${HTTP}]`, 'a star', ''],
  ['ServiceEntry', 'hosts: ["*"]', 'no host of a ServiceEntry', 'spec.hosts.0'],
  ['ServiceEntry', 'hosts: [a_b]', 'no host of a ServiceEntry', 'spec.hosts.0'],
  [
    'ServiceEntry',
    api(`resolution: DNS_ROUND_ROBIN, ports: [${HTTP}], endpoints: [{ address: a.example.com }, { address: b.example.com }]`),
    'DNS_ROUND_ROBIN',
    '',
  ],
  ['ServiceEntry', api('ports: [{ number: 80, name: http }, { number: 80, name: web }]'), 'two ports', ''],
  ['ServiceEntry', api('ports: [{ number: 80, name: http }, { number: 81, name: http }]'), 'two ports', ''],
  ['ServiceEntry', api('ports: [{ number: 80, name: a_b }]'), 'no name of a port', 'spec.ports.0.name'],
  ['ServiceEntry', api('ports: [{ number: 80, name: a, protocol: HTP }]'), 'no protocol', 'spec.ports.0.protocol'],
  ['ServiceEntry', api('ports: [{ number: 0, name: a }]'), 'no port', 'spec.ports.0.number'],
  [
    'ServiceEntry',
    'hosts: [a.example.com, b.example.com], resolution: DNS, ports: [{ number: 9, name: tcp, protocol: TCP }]',
    'plain bytes',
    '',
  ],
  [
    'ServiceEntry',
    api(`resolution: STATIC, ports: [${HTTP}], endpoints: [{ address: a.example.com }]`),
    'STATIC wants',
    'spec.endpoints.0.address',
  ],
  ['ServiceEntry', api(`resolution: STATIC, ports: [${HTTP}], endpoints: [{}]`), 'no address', 'spec.endpoints.0'],
  ['ServiceEntry', api(`resolution: DNS, ports: [${HTTP}], endpoints: [{ address: a_b }]`), 'DNS wants', 'spec.endpoints.0'],
  [
    'ServiceEntry',
    api(`resolution: DNS, ports: [${HTTP}], endpoints: [{ address: a.example.com, ports: { web: 80 } }]`),
    'has not',
    'spec.endpoints.0.ports',
  ],
  ['ServiceEntry', `hosts: [a.example.com], resolution: DYNAMIC_DNS, ports: [${TLS}]`, 'without a star', 'spec'],
  ['ServiceEntry', `hosts: ["*.a.com"], resolution: DYNAMIC_DNS, ports: [${TLS}], addresses: [10.0.0.1]`, 'addresses or endpoints', 'spec'],
  [
    'ServiceEntry',
    'hosts: ["*.a.com"], resolution: DYNAMIC_DNS, ports: [{ number: 443, name: a, protocol: HTTPS }]',
    'can look up',
    'spec.ports.0.protocol',
  ],
  ['WorkloadEntry', 'labels: { app: a }', 'no address', 'spec'],
  ['WorkloadEntry', 'address: a_b', 'neither an address', 'spec.address'],
  ['WorkloadEntry', 'address: unix://a', 'no socket', 'spec.address'],
  ['WorkloadEntry', 'address: unix:///a, ports: { http: 80 }', 'beside a socket', 'spec'],
  ['WorkloadEntry', 'address: 10.0.0.1, ports: { http: 0 }', 'no port', 'spec.ports.http'],
  ['WorkloadEntry', 'address: 10.0.0.1, ports: { a_b: 80 }', 'name of a port', 'spec.ports'],
  ['WorkloadEntry', 'address: 10.0.0.1, labels: { app: "a b" }', 'no label', 'spec.labels'],
  ['WorkloadGroup', 'template: {}, probe: { httpGet: { port: 0 } }', 'no port', 'spec.probe.httpGet'],
  ['WorkloadGroup', 'template: {}, probe: { httpGet: { port: 80, scheme: FTP } }', 'no scheme', 'spec.probe.httpGet.scheme'],
  ['WorkloadGroup', 'template: {}, probe: { periodSeconds: 1 }', 'how to probe', 'spec.probe'],
  ['WorkloadGroup', 'template: {}, metadata: { labels: { app: "a b" } }', 'no label', 'spec.metadata.labels'],
];

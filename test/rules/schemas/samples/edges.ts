import type { Refused, Taken } from './sample';

const HTTPS = 'number: 443, name: https, protocol: HTTPS';
const HTTP = 'number: 80, name: http, protocol: HTTP';
const servers = (...texts: string[]) => `servers: [${texts.map((text) => `{ ${text} }`).join(', ')}]`;
const server = (port: string, more = '', hosts = 'a.example.com') =>
  servers(`port: { ${port} }, hosts: ["${hosts}"]${more && `, ${more}`}`);
const secure = (tls: string) => server(HTTPS, `tls: { ${tls} }`);
const egress = (...texts: string[]) => `egress: [${texts.map((text) => `{ ${text} }`).join(', ')}]`;
const ingress = (text: string) => `ingress: [{ port: { number: 80, protocol: HTTP }, ${text} }]`;

const [AT, TLS] = ['spec.servers.0', 'spec.servers.0.tls'];

export const TAKEN_EDGES: readonly Taken[] = [
  ['Gateway', secure('mode: SIMPLE, credentialName: a')],
  ['Gateway', secure('mode: SIMPLE, serverCertificate: /a, privateKey: /b')],
  ['Gateway', secure('mode: MUTUAL, serverCertificate: /a, privateKey: /b, caCertificates: /c')],
  ['Gateway', secure('mode: ISTIO_MUTUAL')],
  ['Gateway', secure('mode: PASSTHROUGH')],
  ['Gateway', server(HTTP, 'tls: { httpsRedirect: true }', '*')],
  ['Gateway', server(HTTP, 'bind: 10.0.0.1', './a.example.com')],
  ['Gateway', server('number: 0, name: http, protocol: HTTP', 'bind: unix:///var/run/a')],
  ['Sidecar', egress('port: { number: 80, protocol: HTTP }, hosts: [./*]', 'hosts: [istio-system/*, "~billing/*"]')],
  ['Sidecar', ingress('defaultEndpoint: 127.0.0.1:8080')],
  ['Sidecar', ingress('defaultEndpoint: "[::1]:8080", bind: 0.0.0.0')],
  ['Sidecar', 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }, workloadSelector: { labels: { app: a } }'],
  ['Sidecar', 'outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: proxy.example.com, port: { number: 80 } } }'],
];

export const REFUSED_EDGES: readonly Refused[] = [
  ['Gateway', 'selector: { a: b }', 'no server', 'spec'],
  ['Gateway', server(HTTPS), 'without tls', ''],
  ['Gateway', server(HTTP, 'tls: { mode: SIMPLE, credentialName: a }'), 'another protocol', TLS],
  ['Gateway', server('number: 80, name: tcp, protocol: TCP', 'tls: { mode: PASSTHROUGH }'), 'another protocol', TLS],
  ['Gateway', server('number: 80, name: http, protocol: HTP'), 'no protocol', `${AT}.port.protocol`],
  ['Gateway', server('number: 0, name: http, protocol: HTTP'), 'no number', `${AT}.port`],
  ['Gateway', server('number: 80, name: "", protocol: HTTP'), 'empty name', `${AT}.port`],
  ['Gateway', server('number: 80, name: http, protocol: HTTP, targetPort: 8080'), 'means nothing', `${AT}.port.targetPort`],
  ['Gateway', server(HTTP, '', 'shop'), 'no host of a server', `${AT}.hosts.0`],
  ['Gateway', server(HTTP, '', '*-a.example.com'), 'no host of a server', `${AT}.hosts.0`],
  ['Gateway', server(HTTP, '', 'a_b/a.example.com'), 'no host of a server', `${AT}.hosts.0`],
  ['Gateway', server(HTTP, 'bind: a.example.com'), 'neither an address', `${AT}.bind`],
  ['Gateway', server(HTTP, 'bind: unix:///var/run/a'), 'neither an address', `${AT}.bind`],
  ['Gateway', servers(`port: { ${HTTP} }, hosts: []`), 'no hosts', AT],
  [
    'Gateway',
    servers(`port: { ${HTTP} }, hosts: [a.example.com]`, 'port: { number: 81, name: http, protocol: HTTP }, hosts: [a.example.com]'),
    'two ports',
    'spec.servers',
  ],
  ['Gateway', secure('mode: SIMPLE'), 'without a certificate', TLS],
  ['Gateway', secure('mode: SIMPLE, serverCertificate: /a'), 'without a certificate', TLS],
  ['Gateway', secure('mode: MUTUAL, serverCertificate: /a, privateKey: /b'), 'who signs them', TLS],
  ['Gateway', secure('mode: ISTIO_MUTUAL, credentialName: a'), 'of the mesh', TLS],
  ['Gateway', secure('mode: SIMPLE, credentialName: a, serverCertificate: /a, privateKey: /b'), 'two sources', TLS],
  ['Gateway', secure('mode: SIMPLE, serverCertificate: /a, privateKey: /b, caCrl: /c'), 'caCrl', TLS],
  ['Sidecar', 'workloadSelector: { labels: { app: a } }', 'says nothing', 'spec'],
  ['Sidecar', 'workloadSelector: { labels: { app: "a*" } }, egress: [{ hosts: [./*] }]', 'a star', 'spec.workloadSelector.labels'],
  ['Sidecar', egress('hosts: [./*]', 'port: { number: 80 }, hosts: [./*]'), 'not the last', ''],
  ['Sidecar', egress('hosts: []'), 'without hosts', ''],
  ['Sidecar', egress('hosts: [cart.shop.svc.cluster.local]'), 'no host of a Sidecar', 'spec.egress.0.hosts.0'],
  ['Sidecar', egress('hosts: [shop/cart]'), 'no host of a Sidecar', 'spec.egress.0.hosts.0'],
  ['Sidecar', egress('hosts: [/a.example.com]'), 'no host of a Sidecar', 'spec.egress.0.hosts.0'],
  ['Sidecar', egress('port: { number: 80 }, bind: a, hosts: [./*]'), 'no place to listen', 'spec.egress.0.port'],
  ['Sidecar', egress('port: { number: 80, protocol: HTP }, hosts: [./*]'), 'no protocol', 'spec.egress.0.port.protocol'],
  ['Sidecar', egress('port: { number: 80 }, hosts: [./*]', 'port: { number: 80 }, hosts: [a/*]'), 'two listeners', 'spec.egress'],
  ['Sidecar', 'ingress: [{ port: { number: 0, protocol: HTTP } }]', 'no number', 'spec.ingress.0.port'],
  ['Sidecar', ingress('defaultEndpoint: 10.0.0.1:8080'), 'no place of the pod', 'spec.ingress.0.defaultEndpoint'],
  ['Sidecar', ingress('defaultEndpoint: "8080"'), 'no place of the pod', 'spec.ingress.0.defaultEndpoint'],
  ['Sidecar', ingress('bind: a'), 'no address', 'spec.ingress.0.bind'],
  ['Sidecar', ingress('tls: { mode: SIMPLE, serverCertificate: /a, privateKey: /b }'), 'another protocol', 'spec.ingress.0.tls'],
  ['Sidecar', 'inboundConnectionPool: { http: { maxRetries: -1 } }', 'below zero', 'spec.inboundConnectionPool.http.maxRetries'],
  [
    'Sidecar',
    'outboundTrafficPolicy: { mode: REGISTRY_ONLY, egressProxy: { host: proxy.example.com, port: { number: 80 } } }',
    'ALLOW_ANY alone',
    'spec.outboundTrafficPolicy.egressProxy',
  ],
];

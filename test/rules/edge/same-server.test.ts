import { sameServer } from '../../../lib/rules/edge/same-server';
import { findings, raw } from '../model-builder';

const gateway = (name: string, server: string, selector = 'istio: ingress') => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: edge }
spec: { selector: { ${selector} }, servers: [{ ${server} }] }
`;

const https = (hosts: string, more = '') =>
  `port: { number: 443, name: https, protocol: HTTPS }, hosts: [${hosts}], tls: { mode: SIMPLE, credentialName: tls }${more}`;
const http = (hosts: string, protocol = 'HTTP') => `port: { number: 80, name: http, protocol: ${protocol} }, hosts: [${hosts}]`;

const find = (...manifests: string[]) => findings(sameServer, { objects: manifests.flatMap(raw) });

describe(`${sameServer.title}: Gateways of Istio`, () => {
  it.each([
    ['different hosts', gateway('a', https('a.example.com')), gateway('b', https('b.example.com'))],
    ['different pods', gateway('a', https('a.example.com')), gateway('b', https('a.example.com'), 'istio: internal')],
    ['different addresses', gateway('a', https('a.example.com')), gateway('b', https('a.example.com', ', bind: 10.0.0.1'))],
    ['one host without TLS, which are merged', gateway('a', http('"*"')), gateway('b', http('"*"'))],
    ['routes of different namespaces', gateway('a', https('shop/a.example.com')), gateway('b', https('web/a.example.com'))],
    ['different ports', gateway('a', https('a.example.com')), gateway('b', http('a.example.com'))],
  ])('takes two for %s', (_, a, b) => {
    expect(find(a, b)).toEqual([]);
  });

  it.each([
    ['one host with TLS', gateway('a', https('a.example.com')), gateway('b', https('b.example.com, a.example.com'))],
    ['one host, of which one picks some of the pods', gateway('a', https('"*"')), gateway('b', https('"*"'), 'istio: ingress, tier: web')],
    ['one port with bytes', gateway('a', http('a.example.com', 'TCP')), gateway('b', http('b.example.com', 'TCP'))],
    ['one port with bytes and with HTTP', gateway('a', http('"*"')), gateway('b', http('"*"', 'TCP'))],
    ['one host of their own namespace', gateway('a', https('./a.example.com')), gateway('b', https('edge/a.example.com'))],
  ])('fails two for %s', (_, a, b) => {
    expect(find(b, a)).toMatchObject([
      { on: { path: 'raw/gateway/b' }, message: expect.stringContaining('Gateway edge/a and Gateway edge/b') },
    ]);
  });
});

describe(`${sameServer.title}: listeners of one Gateway`, () => {
  const listeners = (...each: string[]) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec: { gatewayClassName: istio, listeners: [${each.join(', ')}] }
`;
  const one = '{ name: a, port: 443, protocol: HTTPS, hostname: a.example.com }';

  it('takes two hostnames, and two Gateways, each of which has an address', () => {
    expect(find(listeners(one, '{ name: b, port: 443, protocol: HTTPS, hostname: b.example.com }'))).toEqual([]);
    expect(find(listeners(one), listeners(one).replace('name: gateway', 'name: other'))).toEqual([]);
  });

  it('fails one hostname twice', () => {
    expect(find(listeners(one, '{ name: b, port: 443, protocol: HTTPS, hostname: A.example.com }'))).toMatchObject([
      { on: { path: 'raw/gateway/gateway' }, got: '443 HTTPS a.example.com' },
    ]);
  });
});

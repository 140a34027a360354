import { decide } from '../../../lib/verdict/decide';
import { cluster, deployment, namespace, service, SIDECAR } from '../fixtures';

const PODS = [
  namespace('shop', SIDECAR),
  deployment('a-v1', 'a', 'v1'),
  deployment('b-v1', 'b', 'v1'),
  service('a', 'app: a', { port: '{name: tls, port: 8080}' }),
  service('b', 'app: b', { port: '{name: tcp, port: 8080}' }),
];
const gateway = (listener: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: one, port: 9000, ${listener}}]}
---`;
const PASSTHROUGH = gateway('protocol: TLS, tls: {mode: Passthrough}');
const TERMINATE = gateway('protocol: TLS, tls: {mode: Terminate}');
const route = (kind: string, name: string, to: string, hosts = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
spec: {parentRefs: [{name: gateway}]${hosts && `, hostnames: [${hosts}]`}, rules: [{backendRefs: [{name: ${to}, port: 8080}]}]}
---`;
const istio = (server: string) =>
  namespace('shop', SIDECAR) +
  deployment('ingress', 'ingress', 'v1') +
  `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: shop}
spec: {selector: {app: ingress}, servers: [{port: {number: 9000, name: one, ${server}}]}
---`;
const virtual = (name: string, hosts: string, routes: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec: {hosts: [${hosts}], gateways: [gateway], ${routes}}
---`;
const to = (host: string, match = '') =>
  `[{${match && `match: [{${match}}], `}route: [{destination: {host: ${host}, port: {number: 8080}}}]}]`;

function end(host: string, ...manifests: string[]) {
  const { allowed, workload, by, unknown } = decide(cluster(...PODS, ...manifests), {
    from: { gateway: 'shop/gateway' },
    to: { host, port: 9000 },
  });
  return unknown ?? (allowed ? workload : `refused by ${by}`);
}

describe('bytes that come in at a Kubernetes Gateway', () => {
  it('go by the port alone where they are plain', () => {
    expect(end('any.example.com', gateway('protocol: TCP'), route('TCPRoute', 'b', 'b'))).toBe('shop/b-v1');
  });

  it('go by the server that TLS asks for, the closest first', () => {
    const wide = route('TLSRoute', 'wide', 'b', '"*.example.com"');
    const close = route('TLSRoute', 'close', 'a', 'a.example.com');
    expect(end('a.example.com', PASSTHROUGH, wide, close)).toBe('shop/a-v1');
    expect(end('b.example.com', PASSTHROUGH, wide, close)).toBe('shop/b-v1');
    expect(end('example.org', PASSTHROUGH, wide, close)).toBe('refused by Gateway shop/gateway');
    expect(end('example.org', PASSTHROUGH, route('TLSRoute', 'all', 'a'))).toBe('shop/a-v1');
  });

  it('are bytes once TLS has ended there', () => {
    expect(end('x', TERMINATE, route('TCPRoute', 'b', 'b'))).toBe('shop/b-v1');
    expect(end('x', TERMINATE, route('TLSRoute', 'a', 'a'))).toBe('shop/a-v1');
  });

  it('have one way where TLS has ended, that of the route for some host of the listener', () => {
    const named = route('TLSRoute', 'a', 'a', 'a.example.com');
    expect(['a.example.com', 'b.example.com'].map((host) => end(host, TERMINATE, named))).toEqual(['shop/a-v1', 'shop/a-v1']);
    const narrow = gateway('hostname: "*.example.org", protocol: TLS, tls: {mode: Terminate}');
    expect(end('a.example.org', narrow, named)).toBe('refused by Gateway shop/gateway');
    expect(end('a.example.org', narrow, named, route('TLSRoute', 'b', 'b', 'b.example.org'))).toBe('shop/b-v1');
    expect(end('x', TERMINATE, named, route('TLSRoute', 'b', 'b', 'b.example.com'))).toBe(
      'x has two owners: TLSRoute shop/a and TLSRoute shop/b',
    );
  });

  it('are not followed where nobody can tell', () => {
    const two = [route('TCPRoute', 'a', 'a'), route('TCPRoute', 'b', 'b')];
    expect(end('x', gateway('protocol: TCP'), ...two)).toBe('x has two owners: TCPRoute shop/a and TCPRoute shop/b');
  });
});

describe('bytes that come in at an Istio Gateway', () => {
  const TCP = istio('protocol: TCP}, hosts: ["*"]');
  const TLS = istio('protocol: TLS}, hosts: ["*.example.com"], tls: {mode: PASSTHROUGH}');

  it('go by the port alone where they are plain', () => {
    expect(end('any.example.com', TCP, virtual('b', '"*"', `tcp: ${to('b')}`))).toBe('shop/b-v1');
    expect(end('any.example.com', TCP, virtual('b', '"*"', `tcp: ${to('b', 'port: 9001')}`))).toBe('refused by Gateway shop/gateway');
  });

  it('go by the server that TLS asks for', () => {
    const named = virtual('a', 'a.example.com', `tls: ${to('a', 'sniHosts: [a.example.com]')}`);
    expect(end('a.example.com', TLS, named)).toBe('shop/a-v1');
    expect(end('b.example.com', TLS, named)).toBe('refused by Gateway shop/gateway');
    expect(end('a.example.org', TLS, named)).toBe('refused by Gateway shop/gateway');
  });

  it('are not followed where nobody can tell', () => {
    const asks = virtual('a', '"*"', `tcp: ${to('a', 'sourceSubnet: 10.0.0.0/8')}`);
    expect(end('x', TCP, asks)).toBe('VirtualService shop/a routes bytes, which is not read here');
    const two = [virtual('a', '"*"', `tcp: ${to('a')}`), virtual('b', '"*"', `tcp: ${to('b')}`)];
    expect(end('x', TCP, ...two)).toBe('x has two owners: VirtualService shop/a and VirtualService shop/b');
  });

  it('ask for a certificate where the server does', () => {
    const mutual = istio('protocol: TLS}, hosts: [a.example.com], tls: {mode: MUTUAL, credentialName: c}');
    const open = cluster(...PODS, mutual, virtual('b', 'a.example.com', `tcp: ${to('b')}`));
    const ask = (showsCertificate: boolean) =>
      decide(open, { from: { gateway: 'shop/gateway', showsCertificate }, to: { host: 'a.example.com', port: 9000 } });
    expect([ask(true).allowed, ask(false)]).toMatchObject([true, { allowed: false, layer: 'mtls' }]);
  });
});

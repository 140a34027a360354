import { unreadRoutes } from '../../../lib/rules/border/unread-routes';
import { findings, namespace, raw } from '../model-builder';

const HTTP = 'http: [{ route: [{ destination: { host: cart } }] }]';
const TLS = 'tls: [{ match: [{ sniHosts: [shop.example.com] }], route: [{ destination: { host: cart } }] }]';
const TCP = 'tcp: [{ route: [{ destination: { host: cart } }] }]';

const door = (protocol: string, tls = '', host = '"*"') => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: shop }
spec: { selector: { istio: ingress }, servers: [{ port: { number: 443, name: a, protocol: ${protocol} }, hosts: [${host}]${tls && `, tls: { mode: ${tls} }`} }] }
`;

const virtualService = (routes: string, gateways = 'door') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [${gateways}], ${routes} }
`;

const gateway = (protocol: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: a, port: 443, protocol: ${protocol} }] }
`;

const route = (kind: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: cart, namespace: shop }
spec: { parentRefs: [{ name: gateway }], rules: [{ backendRefs: [{ name: cart, port: 80 }] }] }
`;

const find = (...manifests: string[]) =>
  findings(unreadRoutes, { objects: manifests.flatMap(raw), namespaces: [namespace('shop', 'sidecar')] });

describe(`${unreadRoutes.title}: VirtualServices`, () => {
  it.each([
    ['http for HTTP', door('HTTP'), HTTP, 'door'],
    ['http for gRPC', door('GRPC'), HTTP, 'door'],
    ['http where the gateway ends TLS', door('HTTPS', 'SIMPLE'), HTTP, 'door'],
    ['tls where it passes TLS on', door('TLS', 'PASSTHROUGH'), TLS, 'door'],
    ['tls where it passes HTTPS on', door('HTTPS', 'PASSTHROUGH'), TLS, 'door'],
    ['tcp for bytes', door('TCP'), TCP, 'door'],
    ['tcp for bytes in TLS that the gateway ends', door('TLS', 'MUTUAL'), TCP, 'door'],
    ['routes that pods follow too', door('TLS', 'PASSTHROUGH'), HTTP, 'mesh, door'],
    ['routes that a gateway made elsewhere may follow', door('TLS', 'PASSTHROUGH'), HTTP, 'door, edge/other'],
    ['a host that no server offers, which is another mistake', door('TLS', 'PASSTHROUGH', 'other.example.com'), HTTP, 'door'],
    [
      'each kind for whom its matches name',
      door('TCP'),
      `tls: [{ match: [{ gateways: [mesh], sniHosts: [shop.example.com] }], route: [{ destination: { host: cart } }] }], ${TCP.replace('{ route', '{ match: [{ gateways: [door] }], route')}`,
      'mesh, door',
    ],
  ])('takes %s', (_, server, routes, gateways) => {
    expect(find(server, virtualService(routes, gateways))).toEqual([]);
  });

  it.each([
    ['http where TLS is passed on', door('TLS', 'PASSTHROUGH'), HTTP, 'port 443: TLS, tls mode PASSTHROUGH'],
    ['http where HTTPS is passed on', door('HTTPS', 'PASSTHROUGH'), HTTP, 'port 443: HTTPS, tls mode PASSTHROUGH'],
    ['http for bytes', door('TCP'), HTTP, 'port 443: TCP'],
    ['tls where the gateway ends TLS', door('HTTPS', 'SIMPLE'), TLS, 'port 443: HTTPS, tls mode SIMPLE'],
    ['tcp for HTTP', door('HTTP'), TCP, 'port 443: HTTP'],
  ])('fails %s', (_, server, routes, got) => {
    expect(find(server, virtualService(routes))).toMatchObject([{ on: { path: 'raw/virtualservice/cart' }, got }]);
  });
});

describe(`${unreadRoutes.title}: routes of the Gateway API`, () => {
  it.each([
    ['HTTPRoute', 'HTTPS'],
    ['GRPCRoute', 'HTTP'],
    ['TLSRoute', 'TLS'],
    ['TCPRoute', 'TCP'],
    ['TCPRoute', 'TLS'],
    ['HTTPRoute', 'example.com/own'],
  ])('takes a %s for %s', (kind, protocol) => {
    expect(find(gateway(protocol), route(kind))).toEqual([]);
  });

  it.each([
    ['HTTPRoute', 'TLS', 'write TLSRoute'],
    ['TCPRoute', 'HTTP', 'write HTTPRoute'],
    ['TLSRoute', 'HTTPS', 'write HTTPRoute'],
    ['GRPCRoute', 'TCP', 'write TCPRoute'],
  ])('fails a %s for %s', (kind, protocol, fix) => {
    expect(find(gateway(protocol), route(kind))).toMatchObject([{ got: `listener a: ${protocol}`, fix: expect.stringContaining(fix) }]);
  });
});

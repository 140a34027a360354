import { unofferedHost } from '../../../lib/rules/edge/unoffered-host';
import { findings, raw } from '../model-builder';

const virtualService = (hosts: string, gateways = 'edge/door') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [${hosts}], gateways: [${gateways}] }
`;

const door = (hosts: string) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: edge }
spec: { selector: { istio: ingress }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${hosts}] }] }
`;

const route = (hostnames: string, section = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: edge }
spec: { parentRefs: [{ name: gateway${section} }], hostnames: [${hostnames}] }
`;

const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec:
  gatewayClassName: istio
  listeners:
    - { name: shop, port: 80, protocol: HTTP, hostname: "*.example.com" }
    - { name: all, port: 8080, protocol: HTTP }
`;

const find = (...manifests: string[]) => findings(unofferedHost, { objects: manifests.flatMap(raw) });

describe(`${unofferedHost.title}: VirtualServices`, () => {
  it.each([
    ['that is offered', 'shop.example.com', 'shop.example.com'],
    ['that a wildcard covers', 'Shop.example.com', '"*.example.com"'],
    ['wider than what is offered', '"*.example.com"', 'shop.example.com'],
    ['beside one for the mesh', 'cart, shop.example.com', 'shop.example.com'],
    ['that is offered to its namespace', 'shop.example.com', 'shop/shop.example.com'],
    ['that is offered to all', 'shop.example.com', '"*/shop.example.com"'],
  ])('takes a host %s', (_, hosts, offered) => {
    expect(find(virtualService(hosts), door(offered))).toEqual([]);
  });

  it('takes what is not for this gateway', () => {
    expect(find(virtualService('shop.example.com', 'mesh'), door('other.example.com'))).toEqual([]);
    expect(find(virtualService('shop.example.com'))).toEqual([]);
  });

  it.each([
    ['that is not offered', 'shop.example.com', 'other.example.com'],
    ['that is offered to another namespace', 'shop.example.com', 'web/shop.example.com'],
    ["that is offered to the gateway's namespace", 'shop.example.com', './shop.example.com'],
  ])('tells of a host %s', (_, hosts, offered) => {
    expect(find(virtualService(hosts), door(offered))).toMatchObject([
      { on: { path: 'raw/virtualservice/cart' }, message: expect.stringContaining('no request through it follows') },
    ]);
  });
});

describe(`${unofferedHost.title}: HTTPRoutes`, () => {
  it('takes hosts of a listener that it may use', () => {
    expect(find(route('shop.example.com', ', sectionName: shop'), GATEWAY)).toEqual([]);
    expect(find(route('shop.example.org'), GATEWAY)).toEqual([]);
    expect(find(route(''), GATEWAY)).toEqual([]);
  });

  it('tells of a host of which its listener knows nothing', () => {
    expect(find(route('shop.example.org', ', sectionName: shop'), GATEWAY)).toMatchObject([
      { on: { path: 'raw/httproute/cart' }, got: 'offered: *.example.com' },
    ]);
  });
});

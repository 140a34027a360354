import { unsaidPort } from '../../../lib/rules/routing/unsaid-port';
import { findings, raw } from '../model-builder';

const service = (name: string, ports: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [${ports}] }
`;

const port = (number: number, more = '') => `{ name: http-${number}, port: ${number}${more} }`;
const TWO = `${port(8080)}, ${port(9090)}`;

const virtualService = (destination: string, more = '', match = '') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ ${match} route: [{ destination: { ${destination} } }] }]${more} }
`;

const GATEWAY = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: edge }
spec: { selector: { istio: ingress }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["*"] }] }
`;
const AT_GATEWAY = ', gateways: [edge/door]';

const find = (...manifests: string[]) => findings(unsaidPort, { objects: manifests.flatMap(raw) });

describe(unsaidPort.title, () => {
  it.each([
    ['with one port', virtualService('host: product'), service('product', port(9090))],
    [
      'with one port for HTTP, and one for DNS over UDP',
      virtualService('host: product'),
      service('product', `${port(9090)}, ${port(53, ', protocol: UDP')}`),
    ],
    ['that has the port on which requests come', virtualService('host: cart', ''), service('product', TWO)],
    [
      'that has the port which a match asks for',
      virtualService('host: product', '', 'match: [{ port: 80 }],'),
      service('product', `${port(80)}, ${port(9090)}`),
    ],
    ['that has one of the ports', virtualService('host: product'), service('product', `${port(80)}, ${port(7070)}`)],
    ['whose port is said', virtualService('host: product, port: { number: 8080 }', AT_GATEWAY), service('product', TWO)],
    ['that nobody here knows', virtualService('host: product.books.svc.cluster.local', AT_GATEWAY), service('product', TWO)],
    ['behind a gateway that nobody here knows', virtualService('host: product', ', gateways: [other/door]'), service('product', TWO)],
  ])('takes a destination %s', (_, ...manifests) => {
    expect(find(...manifests, service('cart', `${port(80)}, ${port(81)}`), GATEWAY)).toEqual([]);
  });

  it.each([
    ['through a gateway', virtualService('host: cart', AT_GATEWAY), 'ports of cart.shop.svc.cluster.local: 8080, 9090'],
    ['of another service', virtualService('host: product'), 'ports of product.shop.svc.cluster.local: 80, 81'],
  ])('fails one %s that has none of the ports on which requests come', (_, manifest, got) => {
    expect(find(manifest, service('cart', TWO), service('product', `${port(80)}, ${port(81)}`), GATEWAY)).toMatchObject([
      { on: { path: 'raw/virtualservice/cart' }, got, fix: 'write destination.port.number' },
    ]);
  });
});

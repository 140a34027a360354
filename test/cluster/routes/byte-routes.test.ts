import { byteBackendsOf, virtualByteRoutes } from '../../../lib/cluster/routes/byte-routes';
import { gatewayApiRoutes } from '../../../lib/cluster/routes/gateway-api-routes';
import { virtualServices } from '../../../lib/cluster/routes/virtual-services';
import { cluster, virtualService } from '../../verdict/fixtures';

const read = (spec: string) => {
  const mesh = cluster(virtualService('cart', spec));
  return virtualByteRoutes(mesh, virtualServices(mesh)[0]);
};

describe('routes of bytes', () => {
  it('of a VirtualService are by the server that TLS asks for, or by the port alone', () => {
    const host = 'cart.shop.svc.cluster.local';
    const route = 'route: [{destination: {host: cart, subset: v1}, weight: 60}]';
    const destinations = [{ host, subset: 'v1', weight: 60, port: undefined }];
    const none = { sniHosts: [], gateways: [], sourceLabels: {}, unread: [] };
    expect(
      read(
        `hosts: [cart], tcp: [{match: [{port: 8080}, {port: 9090}], ${route}}, {${route}}], tls: [{match: [{sniHosts: [cart]}], ${route}}]`,
      ),
    ).toEqual([
      { protocol: 'tls', matches: [{ ...none, sniHosts: ['cart'] }], destinations },
      {
        protocol: 'tcp',
        matches: [
          { ...none, port: 8080 },
          { ...none, port: 9090 },
        ],
        destinations,
      },
      { protocol: 'tcp', matches: [], destinations },
    ]);
  });

  it('of a VirtualService ask where they are read, and who calls; what else they ask nobody reads', () => {
    const [{ matches }] = read(
      'hosts: [cart], tcp: [{match: [{gateways: [mesh, edge], sourceLabels: {app: web}, sourceNamespace: shop, sourceSubnet: 10.0.0.0/8}], route: []}]',
    );
    expect(matches).toEqual([
      {
        sniHosts: [],
        gateways: ['mesh', 'shop/edge'],
        sourceLabels: { app: 'web' },
        sourceNamespace: 'shop',
        unread: ['sourceSubnet'],
      },
    ]);
  });

  it('of a TCPRoute name Services, with a weight of one unless said otherwise', () => {
    const mesh = cluster(`
---
{apiVersion: gateway.networking.k8s.io/v1, kind: TCPRoute, metadata: {name: cart, namespace: shop},
  spec: {rules: [{backendRefs: [{name: cart-v1, port: 8080, weight: 3}, {name: cart-v2, port: 8080}, {port: 1}]}]}}
`);
    expect(byteBackendsOf(gatewayApiRoutes(mesh)[0]).map(({ key, weight }) => [key, weight])).toEqual([
      ['shop/cart-v1', 3],
      ['shop/cart-v2', 1],
    ]);
  });
});

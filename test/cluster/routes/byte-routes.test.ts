import { byteBackendsOf, tryByteRoutes } from '../../../lib/cluster/routes/byte-routes';
import { gatewayApiRoutes } from '../../../lib/cluster/routes/gateway-api-routes';
import { virtualServices } from '../../../lib/cluster/routes/virtual-services';
import { cluster, virtualService } from '../../verdict/fixtures';

const read = (spec: string) => {
  const mesh = cluster(virtualService('cart', spec));
  return tryByteRoutes(mesh, virtualServices(mesh)[0]);
};

describe('routes of bytes', () => {
  it('of a VirtualService are for its ports, or for all', () => {
    const host = 'cart.shop.svc.cluster.local';
    const route = 'route: [{destination: {host: cart, subset: v1}, weight: 60}]';
    expect(read(`hosts: [cart], tcp: [{match: [{port: 8080}, {port: 9090}], ${route}}, {${route}}]`)).toEqual([
      { ports: [8080, 9090], destinations: [{ host, subset: 'v1', weight: 60 }] },
      { ports: undefined, destinations: [{ host, subset: 'v1', weight: 60 }] },
    ]);
  });

  it('of a VirtualService are not read where they ask for more', () => {
    expect(read('hosts: [cart], tcp: [{match: [{port: 8080, gateways: [mesh]}], route: []}]')).toBeUndefined();
    expect(read('hosts: [cart], tls: [{match: [{sniHosts: [cart]}], route: []}]')).toEqual([]);
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

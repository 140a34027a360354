import { outwardCallees, pairsFromOutside, podCallees, servicesOverCallee } from '../../../lib/asking/changes/other-ends';
import * as made from '../../verdict/fixtures';

const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {gatewayClassName: istio, listeners: [{name: a, port: 80, protocol: HTTP, hostname: shop.example.com}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: apis, namespace: shop}
spec: {hosts: [a.example.com, b.example.com, '*.example.org'], ports: [{number: 443, name: tls, protocol: TLS}]}
---`;
const outer = made.service('cart-lb', 'app: cart', { extra: ', type: LoadBalancer' });
const cluster = made.cluster(made.deployment('cart-v1', 'cart', 'v1'), made.service('cart', 'app: cart'), outer, GATEWAY);

describe('ends beside callers and Services', () => {
  it('are hosts of gateways and what a load balancer leads to', () => {
    expect(pairsFromOutside(cluster)).toEqual([
      ['edge/gateway', 'shop.example.com:80'],
      ['outside', 'shop/cart-lb'],
    ]);
  });

  it('are pods by their address', () => {
    expect(podCallees(cluster)).toEqual(['pod:shop/cart-v1:8080']);
    expect(servicesOverCallee(cluster, 'pod:shop/cart-v1:8080')).toEqual(['shop/cart', 'shop/cart-lb']);
    expect(servicesOverCallee(cluster, 'pod:shop/gone:8080')).toEqual([]);
  });

  it('are other hosts of a ServiceEntry, and one that nobody names', () => {
    expect(outwardCallees(cluster)).toEqual(['any-host.example:443', 'b.example.com:443']);
  });
});

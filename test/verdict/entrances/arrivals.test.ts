import { arrivalsAtGateways } from '../../../lib/verdict/entrances/arrivals';
import * as made from '../fixtures';

const EDGE = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {gatewayClassName: istio, listeners: [{name: a, port: 80, protocol: HTTP, hostname: cart.example.com, allowedRoutes: {namespaces: {from: All}}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec:
  parentRefs: [{name: gateway, namespace: edge}]
  rules: [{matches: [{path: {type: Exact, value: /cart}}], backendRefs: [{name: cart, port: 8080}]}]
---`;

describe('what comes in at gateways', () => {
  it('is told by where it ends, and what is answered there or refused is not', () => {
    const [{ at, classes, division }] = arrivalsAtGateways(made.cluster(made.namespace('shop', made.SIDECAR), made.CART, EDGE));
    expect(at).toMatchObject({ gateway: 'edge/gateway', host: 'cart.example.com', port: 80 });
    expect(classes.map(({ answer }) => answer.map(({ workload }) => workload))).toEqual([['shop/cart-v1', 'shop/cart-v2']]);
    expect(classes.map(({ values, tokens }) => division!.requestOf([...values.map(([first]) => first), tokens[0]]).path)).toEqual([
      '/cart',
    ]);
  });

  it('is nothing where nobody lets it in', () => {
    const closed = made.cluster(made.namespace('shop', made.SIDECAR), made.CART, EDGE, made.DENY_ALL);
    expect(arrivalsAtGateways(closed).map(({ classes }) => classes)).toEqual([[]]);
  });
});

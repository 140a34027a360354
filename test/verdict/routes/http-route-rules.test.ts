import { decide } from '../../../lib/verdict/decide';
import { CART, CART_VERSIONS, NINETY_TEN, SIDECAR, TO_CART, cluster, get, httpRoute, namespace, sidecarWeb } from '../fixtures';
import { weights } from '../weights';

const SIDECARS = [namespace('shop', SIDECAR), CART, CART_VERSIONS];
const call = get({ from: sidecarWeb });
const match = (path: string, backend: string) => `{matches: [{${path}}], backendRefs: [{name: ${backend}, port: 8080}]}`;

describe('the rules of an HTTPRoute', () => {
  it('go by the most specific match, whatever their order', () => {
    const rules = [
      match('path: {value: /items}', 'cart-v1'),
      match('path: {type: Exact, value: /items/1}', 'cart-v2'),
      match('path: {type: RegularExpression, value: "/items/.*/long"}', 'cart-v1'),
    ];
    const mesh = cluster(...SIDECARS, httpRoute('cart', TO_CART, rules.join(', ')));
    expect(weights(mesh, call)).toEqual({ 'shop/cart-v2': 100 });
    expect(weights(mesh, { ...call, path: '/items/2' })).toEqual({ 'shop/cart-v1': 100 });
  });

  it('lead to Services alone', () => {
    const other = httpRoute('cart', TO_CART, '{backendRefs: [{kind: Bucket, group: example.com, name: cart}]}');
    expect(decide(cluster(...SIDECARS, other), call)).toMatchObject({ allowed: false, by: 'missing cart.shop.svc.cluster.local' });
  });

  it('leave open where requests go if they ask for a pattern that cannot be read', () => {
    const route = httpRoute('cart', TO_CART, match('headers: [{name: x, type: RegularExpression, value: "("}]', 'cart-v2'));
    expect(decide(cluster(...SIDECARS, route), { ...call, headers: { x: '1' } }).unknown).toContain('HTTPRoute shop/cart');
  });

  it('are not those of a route for gRPC, which is not read', () => {
    const grpc = httpRoute('cart', TO_CART, NINETY_TEN).replace('HTTPRoute', 'GRPCRoute');
    expect(decide(cluster(...SIDECARS, grpc), call).unknown).toBe('GRPCRoute shop/cart is not read here');
  });
});

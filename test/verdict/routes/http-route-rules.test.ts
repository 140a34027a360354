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

  it('are answered as a fault of the server where no back end gets a share', () => {
    const answer = (...backends: string[]) =>
      decide(cluster(...SIDECARS, httpRoute('cart', TO_CART, `{backendRefs: [${backends}]}`)), call);
    const idle = ['{name: cart-v1, port: 8080, weight: 0}', '{name: cart-v2, port: 8080, weight: 0}'];
    expect(answer(...idle)).toMatchObject({ allowed: false, layer: 'routing', answer: { status: 500 } });
    expect(answer(idle[0], '{name: cart-v2, port: 8080}').allowed).toBe(true);
  });

  it('leave open where requests go if they ask for a pattern that cannot be read', () => {
    const route = httpRoute('cart', TO_CART, match('headers: [{name: x, type: RegularExpression, value: "("}]', 'cart-v2'));
    expect(decide(cluster(...SIDECARS, route), { ...call, headers: { x: '1' } }).unknown).toContain('HTTPRoute shop/cart');
  });

  it('go by whole parts of a path, without the slash behind them', () => {
    const rules = [match('path: {value: /ab}', 'cart-v2'), match('path: {value: /a/}', 'cart-v1')];
    expect(weights(cluster(...SIDECARS, httpRoute('cart', TO_CART, rules.join(', '))), { ...call, path: '/a' })).toEqual({
      'shop/cart-v1': 100,
    });
  });

  it('may name a host that Istio knows', () => {
    const hostname = '{backendRefs: [{kind: Hostname, group: networking.istio.io, name: cart-v2.shop.svc.cluster.local, port: 8080}]}';
    expect(weights(cluster(...SIDECARS, httpRoute('cart', TO_CART, hostname)), call)).toEqual({ 'shop/cart-v2': 100 });
  });
});

describe('the rules of a GRPCRoute', () => {
  const grpc = (parent: string, rules: string) => httpRoute('calls', parent, rules).replace('kind: HTTPRoute', 'kind: GRPCRoute');
  const add = `{matches: [{method: {service: shop.Cart, method: Add}}], backendRefs: [{name: cart-v2, port: 8080}]}`;
  const path = '/shop.Cart/Add';

  it('go by service and method; what asks for nothing goes last', () => {
    const mesh = cluster(...SIDECARS, grpc(TO_CART, `${NINETY_TEN}, ${add}`));
    expect(weights(mesh, { ...call, path })).toEqual({ 'shop/cart-v2': 100 });
    expect(weights(mesh, { ...call, path: '/shop.Cart/Remove' })).toEqual({ 'shop/cart-v1': 90, 'shop/cart-v2': 10 });
  });

  it('refuse what none of them names', () => {
    expect(decide(cluster(...SIDECARS, grpc(TO_CART, add)), { ...call, path: '/' })).toMatchObject({ allowed: false, layer: 'routing' });
  });

  it('are not put in order with those of an HTTPRoute', () => {
    const mesh = cluster(...SIDECARS, grpc(TO_CART, add), httpRoute('cart', TO_CART, NINETY_TEN));
    expect(decide(mesh, call).unknown).toContain('two owners: GRPCRoute shop/calls and HTTPRoute shop/cart');
  });
});

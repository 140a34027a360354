import { HttpAccess, Verdicts } from 'istio-constructs';
import { meshMatchers } from 'istio-constructs/testing';
import { canary, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { CART, deployment, namespace, policy, SIDECAR } from '../verdict/fixtures';

expect.extend(meshMatchers);

const WEB = namespace('shop', SIDECAR) + deployment('web', 'web', 'v1') + CART;

/** What a failing expectation says. */
function complaint(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it passed';
}

describe('matchers of a mesh', () => {
  forEachPlane((plane) => {
    it('know what is allowed, refused and shared out', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      canary(product, { weight: 10 });
      expect(chart).toAllow('cart', 'product', 'GET /products/1');
      expect(chart.node.root).not.toAllow('cart', 'product', 'POST /products/1');
      expect(Verdicts.of(chart)).toRefuse('payments/payment', 'shop/product:8080');
      expect(chart).not.toRefuse('cart', 'product', '/products/1');
      expect(chart).toSplit('cart', 'product', { 'product-v1': 90, 'shop/product-v2': 10 }, '/products/1');
      expect(chart).not.toSplit('cart', 'product', { 'product-v1': 100 });
    });
  });

  it('know who may reach a service at all, and show who else does', () => {
    const open = Verdicts.ofYaml(WEB);
    const strangers = ['pod:elsewhere', 'pod:shop', 'plain:shop', 'meshed:elsewhere'].map(
      (name) => `  ${name}: any method, any path, to 8080, as in GET /`,
    );
    expect(complaint(() => expect(open).toBeReachableOnlyBy('cart', ['web', 'cart-v1', 'cart-v2']))).toBe(
      ['expected cart to be reachable only by web and cart-v1 and cart-v2', ...strangers].join('\n'),
    );
    const closed = Verdicts.ofYaml(WEB + policy('web', 'rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]'));
    expect(closed).toBeReachableOnlyBy('cart', ['web']);
    expect(closed).not.toBeReachableOnlyBy('cart', []);
    expect(complaint(() => expect(closed).toBeReachableOnlyBy('cart', []))).toContain('by AuthorizationPolicy shop/web');
    expect(complaint(() => expect(closed).not.toBeReachableOnlyBy('cart', ['web']))).toContain('and it is');
  });

  it('know whether anybody outside gets in, and show by which door', () => {
    const mesh = (type: string) =>
      Verdicts.ofYaml(WEB.replace('spec: {selector: {app: cart}', `spec: {type: ${type}, selector: {app: cart}`));
    expect(mesh('ClusterIP')).toHaveNoDoorFromOutside('cart');
    expect(mesh('NodePort')).not.toHaveNoDoorFromOutside('cart');
    expect(complaint(() => expect(mesh('NodePort')).toHaveNoDoorFromOutside('cart'))).toMatch(
      /^expected nobody outside the cluster to get in at cart\n {2}outer port: outside -> shop\/cart:8080 .*; closed by type ClusterIP/,
    );
    expect(complaint(() => expect(mesh('ClusterIP')).not.toHaveNoDoorFromOutside('cart'))).toContain('and nobody does');
  });

  it('know whether anything is opened, and show what is', () => {
    const only = (...paths: string[]) =>
      Verdicts.ofYaml(WEB + policy('web', `rules: [{to: [{operation: {paths: [${paths.join(', ')}]}}]}]`));
    expect(only('/a')).toOpenNothingSince(only('/a', '/b'));
    expect(complaint(() => expect(only('/a', '/b')).toOpenNothingSince(only('/a')))).toContain(
      '\n  opened: shop/web -> shop/cart any method, /b, to 8080, as in GET /b',
    );
    expect(complaint(() => expect(only('/a')).not.toOpenNothingSince(only('/a')))).toContain('and nothing is');
  });

  it('show the way of a request that is not let in', () => {
    const mesh = Verdicts.ofYaml(WEB + policy('nobody', ''));
    expect(complaint(() => expect(mesh).toAllow('web', 'cart', 'POST /1'))).toMatch(
      new RegExp(
        [
          '^expected web to be allowed to call cart with POST /1',
          'refused \\(authorization\\), by AuthorizationPolicy shop/nobody \\(manifests.yaml:\\d+:1\\)',
          '  sidecar shop/web, routing: no route says anything',
          '  sidecar shop/cart-v1, network: nothing has a say',
          '  sidecar shop/cart-v1, mtls: nothing has a say',
          '  sidecar shop/cart-v1, authorization: refused by AuthorizationPolicy shop/nobody \\(manifests.yaml:\\d+:1\\)$',
        ].join('\n'),
      ),
    );
  });

  it('show who lets in what is expected to be refused, and what is not read there', () => {
    const filter = 'apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: odd, namespace: shop}\nspec: {}\n';
    const mesh = Verdicts.ofYaml(`${WEB}\n${filter}`);
    const text = complaint(() => expect(mesh).toRefuse('web', 'cart'));
    expect(text).toMatch(/^expected web to be refused when it calls cart\nallowed, nothing in the way\n/);
    expect(text).toMatch(/\n {2}not read: EnvoyFilter shop\/odd$/);
    expect(complaint(() => expect(mesh).not.toAllow('web', 'cart'))).toMatch(/^expected it not to be so: web to be allowed to call cart\n/);
  });

  it('show the shares where others are expected', () => {
    const text = complaint(() => expect(Verdicts.ofYaml(WEB)).toSplit('web', 'cart', { 'cart-v1': 90, 'cart-v2': 10 }));
    expect(text.split('\n').slice(0, 2)).toEqual([
      'expected requests of web to cart to be split: 90 % cart-v1, 10 % cart-v2',
      '50 % shop/cart-v1, 50 % shop/cart-v2',
    ]);
  });

  it('take headers and tokens', () => {
    const tenant = policy('tenant', 'rules: [{when: [{key: "request.headers[x-tenant]", values: [acme]}]}]');
    expect(Verdicts.ofYaml(WEB + tenant)).toAllow('web', 'cart', '/', { headers: { 'x-tenant': 'acme' } });
    expect(Verdicts.ofYaml(WEB + tenant)).toRefuse('web', 'cart', '/', { headers: { 'x-tenant': 'else' } });
  });

  it('fail either way for what nobody can tell', () => {
    const pattern = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec: {hosts: [cart], http: [{match: [{uri: {regex: "(?P<a>x)"}}], route: [{destination: {host: cart}}]}]}
---`;
    const mesh = Verdicts.ofYaml(WEB + pattern);
    expect(mesh.ask({ caller: 'web', callee: 'cart' }).unknown).toBeDefined();
    const acts = [
      () => expect(mesh).toAllow('web', 'cart'),
      () => expect(mesh).not.toAllow('web', 'cart'),
      () => expect(mesh).toRefuse('web', 'cart'),
      () => expect(mesh).not.toRefuse('web', 'cart'),
    ];
    const splits = [() => expect(mesh).toSplit('web', 'cart', { cart: 100 }), () => expect(mesh).not.toSplit('web', 'cart', { cart: 100 })];
    expect(splits.map((act) => complaint(act))).toEqual(splits.map(() => expect.stringContaining('\nnobody can tell: ')));
    expect(acts.map((act) => complaint(act).split('\n')[1])).toEqual(acts.map(() => expect.stringMatching(/^nobody can tell: /)));
  });
});

import { wrongRouter } from '../../../lib/rules/traffic/wrong-router';
import { findings, route, service } from '../model-builder';

const cart = service('cart');

describe(wrongRouter.title, () => {
  it('takes a router that expresses the route, and one that nobody asked for', () => {
    const routes = [route(cart, { routing: 'gateway-api' }), route(service('product'), { lacks: ['retries'] })];
    expect(findings(wrongRouter, { routes })).toEqual([]);
  });

  it('fails a router asked for by name, and names the other', () => {
    expect(findings(wrongRouter, { routes: [route(cart, { routing: 'gateway-api', lacks: ['retries'] })] })).toMatchObject([
      { on: { path: 'shop/cart' }, got: 'retries', fix: expect.stringContaining('Routing.istio()') },
    ]);
  });
});

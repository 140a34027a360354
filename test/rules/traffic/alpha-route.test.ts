import { alphaRoute } from '../../../lib/rules/traffic/alpha-route';
import { findings, route, service } from '../model-builder';

const cart = service('cart');

describe(alphaRoute.title, () => {
  it('takes a VirtualService for sidecars, and an HTTPRoute at a waypoint', () => {
    const routes = [route(cart), route(service('product'), { router: 'gateway-api', atWaypoint: true })];
    expect(findings(alphaRoute, { routes })).toEqual([]);
  });

  it('reports a VirtualService at a waypoint', () => {
    expect(findings(alphaRoute, { routes: [route(cart, { atWaypoint: true })] })).toMatchObject([{ on: { path: 'shop/cart' } }]);
  });
});

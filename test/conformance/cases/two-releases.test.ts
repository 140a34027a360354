import { CanaryRelease, type CanaryReleaseProps, RequestMatch } from 'istio-constructs';
import { edgeGateway, shop, type Shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { call, enter, sharesOf } from '../requests';

const HOST = 'shop.example.com';
const [V1, V2, V3] = ['v1', 'v2', 'v3'].map((version) => ({ [`shop/cart-${version}`]: 100 }));

/** The shop, whose cart is released in two more versions, called by the product page and from outside. */
function released(plane: PlaneUnderTest, releases: Readonly<Record<string, Partial<CanaryReleaseProps>>>): Shop {
  const one = shop(plane);
  one.product.calls(one.cart);
  edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: HOST });
  for (const [version, props] of Object.entries(releases)) {
    const canary = { version, image: `registry.example.com/cart:${version}` };
    new CanaryRelease(one.shop, `cart-${version}`, { service: one.cart, canary, ...props });
  }
  return one;
}

describe('two releases of one service', () => {
  forEachPlane((plane) => {
    it('take their shares from the stable version, for callers in the mesh and from outside', async () => {
      const { chart, product, cart } = released(plane, { v3: { weight: 5 }, v2: { weight: 10 } });
      const mesh = await judged(chart);
      const answers = await mesh.answers([call(product, cart), enter(`https://${HOST}/`)]);
      expect(answers.map(sharesOf)).toEqual(Array(2).fill({ 'shop/cart-v1': 85, 'shop/cart-v2': 10, 'shop/cart-v3': 5 }));
    });

    it('get a request that both match by the narrower match, in the mesh and from outside', async () => {
      const testers = [RequestMatch.header('x-tester', '1'), RequestMatch.path('/beta')];
      const releases = { v2: { weight: 0, match: testers }, v3: { weight: 0, match: [RequestMatch.pathPrefix('/beta')] } };
      const { chart, product, cart } = released(plane, releases);
      const mesh = await judged(chart);
      const headers = { 'x-tester': '1' };
      const lines = [{ path: '/', headers }, { path: '/beta', headers }, { path: '/beta/1', headers }, { path: '/beta/1' }, { path: '/' }];
      const inside = await mesh.answers(lines.map((line) => call(product, cart, line)));
      const outside = await mesh.answers(lines.map(({ path, ...line }) => enter(`https://${HOST}${path}`, line)));
      expect(inside.map(sharesOf)).toEqual([V2, V2, V3, V3, V1]);
      expect(outside.map(sharesOf)).toEqual([V2, V2, V3, V3, V1]);
    });
  });
});

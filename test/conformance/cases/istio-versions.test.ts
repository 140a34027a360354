import { GatewayApi, IstioVersion, Mesh } from 'istio-constructs';
import { canary, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { meshOf } from '../mesh-under-test';
import { call } from '../requests';

const VERSIONS = [IstioVersion.V1_29, IstioVersion.V1_30, IstioVersion.V1_31, IstioVersion.of('1.30.2')];
const BUNDLES = [GatewayApi.V1_4, GatewayApi.V1_5];

function releasedShop(plane: PlaneUnderTest, istioVersion?: IstioVersion, gatewayApi?: GatewayApi) {
  const one = shop(plane);
  new Mesh(one.chart, 'mesh', { istioVersion, gatewayApi });
  canary(one.cart, { weight: 20 });
  one.product.calls(one.cart);
  return one;
}

describe('a program that says for which Istio it is', () => {
  forEachPlane((plane) => {
    it('writes the same as one that does not, where every version has what it asks for', async () => {
      const plain = meshOf(releasedShop(plane).chart).manifests;
      for (const version of VERSIONS) expect(meshOf(releasedShop(plane, version).chart).manifests).toEqual(plain);
      for (const bundle of BUNDLES) expect(meshOf(releasedShop(plane, undefined, bundle).chart).manifests).toEqual(plain);
      const { chart, product, cart } = releasedShop(plane, IstioVersion.V1_29, GatewayApi.V1_4);
      const mesh = await judged(chart);
      expect((await mesh.answer(call(product, cart))).allowed).toBe(true);
    });
  });
});

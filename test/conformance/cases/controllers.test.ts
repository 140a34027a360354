import { type Chart, Duration } from 'cdk8s';
import { type MeshedServiceProps, ReleaseController, RolloutStep } from 'istio-constructs';
import { shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { acted } from '../controllers/acted';
import type { Stage } from '../controllers/flagger';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { call, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const STAGES: readonly Stage[] = ['before', 'during', 'after'];
const FLAGGER = ReleaseController.flagger({ interval: Duration.minutes(1) });
const ARGO = ReleaseController.argoRollouts({ steps: [RolloutStep.setWeight(30), RolloutStep.pause()] });
const GRANTED = [{ from: 'shop/product', to: 'shop/cart' }];

const PRIMARY = { 'shop/cart-v1-primary': 100 };
const FLAGGER_SHARES = { before: PRIMARY, during: { 'shop/cart-v1-primary': 70, 'shop/cart-v1': 30 }, after: PRIMARY };
const ARGO_SHARES = {
  before: { 'shop/cart-6f5d4c8b9': 100 },
  during: { 'shop/cart-6f5d4c8b9': 70, 'shop/cart-7c9d8e5f4': 30 },
  after: { 'shop/cart-7c9d8e5f4': 100 },
};

const CONTROLLERS = [
  { who: 'Flagger', controller: FLAGGER, shares: FLAGGER_SHARES },
  { who: 'Argo Rollouts', controller: ARGO, shares: ARGO_SHARES },
];

/** The shop, whose cart is released by a controller and is called by the product page. */
function controlled(plane: PlaneUnderTest, releaseController: ReleaseController, cart: Partial<MeshedServiceProps> = {}) {
  const one = shop(plane, { releaseController, ...cart });
  one.product.calls(one.cart);
  return one;
}

/** A program's cluster once its controllers have acted, and no judge has an error or a warning about what comes out. */
async function actedOn(chart: Chart, stage: Stage): Promise<MeshUnderTest> {
  const mesh = meshFrom(acted(meshOf(chart).manifests, stage));
  expect((await mesh.findings()).filter(({ level }) => level !== 'info')).toEqual([]);
  return mesh;
}

describe.each(CONTROLLERS)('a service that $who releases', ({ controller, shares }) => {
  forEachPlane((plane) => {
    it.each(STAGES)('is reached by weight %s a release, and by nobody who may not', async (stage) => {
      const { chart, product, cart } = controlled(plane, controller);
      const mesh = await actedOn(chart, stage);
      expect(sharesOf(await mesh.answer(call(product, cart)))).toEqual(shares[stage]);
      await expectOnly(mesh, GRANTED);
    });
  });
});

import { App } from 'cdk8s';
import { ProgressiveDelivery } from '../../../apps/progressive-delivery/progressive-delivery';
import { forEachPlane } from '../../for-each-plane';
import { acted } from '../controllers/acted';
import type { Stage } from '../controllers/flagger';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const ALLOWED = [
  { from: 'shop/web', to: 'shop/cart', only: ['GET /cart/1', 'POST /cart/1'] },
  { from: 'shop/web', to: 'shop/search', only: ['GET /search'] },
  { from: 'shop/cart', to: 'shop/stock', only: ['GET /stock/1'] },
  { from: 'shop/loadtester', to: 'shop/cart', only: ['GET /cart/1'] },
];
const host = (name: string) => `${name}.shop.svc.cluster.local`;
const get = (workload: string, name: string, path: string) => ({ from: { workload }, to: { host: host(name), port: 80 }, path });

describe('progressive delivery', () => {
  forEachPlane(({ dataPlane, of }) => {
    const meshes = new Map<Stage, MeshUnderTest>();

    beforeAll(() => {
      const { manifests } = meshOf(new ProgressiveDelivery(new App(), 'progressive-delivery', { dataPlane }));
      for (const stage of ['before', 'during', 'after'] as const) meshes.set(stage, meshFrom(acted(manifests, stage, 20)));
    });

    it.each<Stage>(['before', 'during', 'after'])('lets in the calls that it declares, and nobody else, %s a release', async (stage) => {
      const mesh = meshes.get(stage)!;
      expect((await mesh.findings()).filter(({ level }) => level !== 'info')).toEqual([]);
      await expectOnly(mesh, ALLOWED);
    });

    it('tries the new cart and the new search out with a share of the requests', async () => {
      const [cart, search] = await meshes
        .get('during')!
        .answers([get('shop/web-v1', 'cart', '/cart/1'), get('shop/web-v1', 'search', '/search')]);
      expect(sharesOf(cart)).toEqual({ 'shop/cart-v1-primary': 80, 'shop/cart-v1': 20 });
      expect(sharesOf(search)).toEqual({ 'shop/search-6f5d4c8b9': 80, 'shop/search-7c9d8e5f4': 20 });
      expect(cart.legs.at(-1)).toMatchObject({ timeout: '5s' });
      expect(cart.ways.map(({ cluster }) => cluster?.maxPendingRequests)).toEqual([100, 100]);
    });

    it('has the load tester reach the new cart by the name that Flagger gives it', async () => {
      const answer = await meshes.get('during')!.answer(get('shop/loadtester-v1', 'cart-canary', '/cart/1'));
      expect([answer.allowed, sharesOf(answer)]).toEqual([true, { 'shop/cart-v1': 100 }]);
    });

    it('takes searches from outside to both versions', async () => {
      const answer = await meshes.get('during')!.answer(enter('https://search.example.com/search'));
      expect([answer.allowed, sharesOf(answer)]).toEqual([true, { 'shop/search-6f5d4c8b9': 80, 'shop/search-7c9d8e5f4': 20 }]);
      expect(answer.legs.map(({ at }) => at)).toEqual([
        'gateway edge/gateway',
        ...of({ sidecar: [], ambient: ['waypoint shop/waypoint'] }),
      ]);
    });
  });
});

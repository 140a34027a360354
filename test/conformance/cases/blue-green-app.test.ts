import { App } from 'cdk8s';
import { Color } from 'istio-constructs';
import { BlueGreenShop } from '../../../apps/blue-green/blue-green';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const WEB = { workload: 'shop/web-v1' };
const HOST = 'cart.shop.svc.cluster.local';
const PREVIEW = { headers: { 'x-preview': 'true' } };
const [BLUE, GREEN] = ['v1', 'v2'].map((version) => ({ [`shop/cart-${version}`]: 100 }));

/** Requests of customers and of those who preview, in the mesh and from outside, and connections. */
const ASKED = [
  { from: WEB, to: { host: HOST, port: 8080 }, path: '/cart/1' },
  enter('https://shop.example.com/cart/1'),
  { from: WEB, to: { host: HOST, port: 8080 }, path: '/cart/1', ...PREVIEW },
  enter('https://shop.example.com/cart/1', PREVIEW),
  { from: WEB, to: { host: HOST, port: 7000 } },
];

const meshWith = async ({ dataPlane }: PlaneUnderTest, live?: Color): Promise<MeshUnderTest> =>
  judged(new BlueGreenShop(new App(), 'blue-green', { dataPlane, live }));

async function colors(mesh: MeshUnderTest): Promise<object[]> {
  const answers = await mesh.answers(ASKED);
  expect(answers.map(({ allowed }) => allowed)).toEqual(ASKED.map(() => true));
  return answers.map(sharesOf);
}

describe('the blue-green app', () => {
  forEachPlane((plane) => {
    it('begins with blue for all, and green for those who preview', async () => {
      expect(await colors(await meshWith(plane))).toEqual([BLUE, BLUE, GREEN, GREEN, BLUE]);
    });

    it('switches requests and connections to green, and previews to blue', async () => {
      expect(await colors(await meshWith(plane, Color.GREEN))).toEqual([GREEN, GREEN, BLUE, BLUE, GREEN]);
    });

    it('changes nothing but routes by the switch', async () => {
      const [before, after] = await Promise.all([Color.BLUE, Color.GREEN].map((live) => meshWith(plane, live)));
      const texts = new Set(before.manifests.map((manifest) => JSON.stringify(manifest)));
      const changed = after.manifests.filter((manifest) => !texts.has(JSON.stringify(manifest))) as { kind: string }[];
      expect(changed.map(({ kind }) => kind).sort()).toEqual(
        plane.of({ sidecar: ['HTTPRoute', 'VirtualService'], ambient: ['HTTPRoute', 'TCPRoute'] }),
      );
      expect(after.manifests).toHaveLength(before.manifests.length);
    });

    it.each(Object.values(Color))('lets in the calls that it declares to both colours, and nobody else, where %s is live', async (live) => {
      const allowed = [
        { from: 'shop/web', to: 'shop/cart', port: 8080, only: ['GET /cart/1', 'POST /cart/1'] },
        { from: 'shop/web', to: 'shop/cart', port: 7000 },
      ];
      const mesh = await meshWith(plane, live);
      await expectOnly(mesh, allowed);
      await expectOnly(withNetwork(mesh), allowed);
    });
  });
});

import { DataPlane, HttpAccess, Mesh, MeshNamespace, type MeshNamespaceProps, MTls } from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';
import type { Caller } from '../../../lib/verdict/requests/request';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { call, dial, from, PLAINTEXT, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

/** Two services in a namespace that is open as Istio leaves it. */
function openShop({ dataPlane }: { readonly dataPlane: DataPlane }, props: Partial<MeshNamespaceProps> = {}, chart = newChart()) {
  const namespace = new MeshNamespace(chart, 'shop', { dataPlane, ...props });
  const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
  return { chart, cart, product };
}

const EVERYBODY: readonly Caller[] = [{ workload: 'shop/cart-v1' }, STRANGERS.sidecar, STRANGERS.ambient, PLAINTEXT];

/** Which of EVERYBODY reach the product page by its name. */
async function admitted(mesh: MeshUnderTest, { product }: ReturnType<typeof openShop>): Promise<boolean[]> {
  const answers = await mesh.answers(EVERYBODY.map((caller) => from(caller, product)));
  return answers.map(({ allowed }) => allowed);
}

describe('a MeshNamespace', () => {
  forEachEnforcer((plane) => {
    it('is open to everybody, plaintext as well, as long as nothing is granted', async () => {
      const one = openShop(plane);
      expect(await admitted(await judged(one.chart), one)).toEqual([true, true, true, true]);
    });

    it('is open by the address of a pod', async () => {
      const { chart, product } = openShop(plane);
      const mesh = await judged(chart);
      const answers = await mesh.answers(EVERYBODY.map((caller) => dial(caller, product)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, true, true]);
    });

    it('closes a service with its first grant, and leaves its neighbours open', async () => {
      const { chart, cart, product } = openShop(plane);
      cart.calls(product);
      const mesh = await judged(chart);
      await expectOnly(mesh, [{ from: 'shop/cart', to: 'shop/product' }], ['shop/product']);
      expect(await mesh.answer(from(PLAINTEXT, cart))).toMatchObject({ allowed: true });
    });

    it('reaches hosts that no program names', async () => {
      const { chart } = openShop(plane);
      const mesh = await judged(chart);
      const answer = await mesh.answer({ from: EVERYBODY[0], to: { host: 'api.example.com', port: 443 } });
      expect(answer).toMatchObject({ allowed: true });
    });

    it('refuses plaintext, and nothing else, under STRICT', async () => {
      const one = openShop(plane, { mtls: MTls.STRICT });
      const mesh = await judged(one.chart);
      expect(await admitted(mesh, one)).toEqual([true, true, true, false]);
      expect(await mesh.answer(from(PLAINTEXT, one.product))).toMatchObject({ layer: 'mtls' });
    });

    it('takes both under PERMISSIVE', async () => {
      const one = openShop(plane, { mtls: MTls.PERMISSIVE });
      const mesh = await judged(one.chart);
      expect(await admitted(mesh, one)).toEqual([true, true, true, true]);
      const hops = (await mesh.answer(from(PLAINTEXT, one.product))).ways.flatMap((way) => way.hops);
      expect(hops).toMatchObject([{ transport: 'plaintext' }]);
    });

    it('has the mode of the mesh when it names none', async () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      const one = openShop(plane, {}, chart);
      expect(await admitted(await judged(chart), one)).toEqual([true, true, true, false]);
    });

    it('has its own mode before that of the mesh', async () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
      const one = openShop(plane, { mtls: MTls.PERMISSIVE }, chart);
      expect(await admitted(await judged(chart), one)).toEqual([true, true, true, true]);
    });
  });

  forEachPlane((plane) => {
    it('limits a service by requests, and leaves its neighbours open', async () => {
      const { chart, cart, product } = openShop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      const mesh = await judged(chart);
      await expectOnly(mesh, [{ from: 'shop/cart', to: 'shop/product', only: ['GET /products/1'] }], ['shop/product']);
      expect(await mesh.answer(call(product, cart))).toMatchObject({ allowed: true });
    });

    it('is found under the name that it is given', async () => {
      const { chart, cart, product } = openShop(plane, { name: 'shop-eu', labels: { team: 'buy' } });
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(cart, product));
      expect(answer).toMatchObject({ allowed: true, ways: [{ host: 'product.shop-eu.svc.cluster.local' }] });
    });
  });

  it('sends plaintext between sidecars where mutual TLS is switched off', async () => {
    const { chart, cart, product } = openShop({ dataPlane: DataPlane.sidecar() }, { mtls: MTls.disabled('a try') });
    const mesh = await judged(chart);
    const answer = await mesh.answer(call(cart, product));
    expect(answer).toMatchObject({ allowed: true, ways: [{ hops: [{ at: 'sidecar shop/product-v1', transport: 'plaintext' }] }] });
  });
});

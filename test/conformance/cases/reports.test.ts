import { Findings, MeshNamespace, MeshReport } from 'istio-constructs';
import { newChart, service, shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';
import { judged } from '../judged';
import { expectOnly } from '../who-calls-whom';

interface Report {
  readonly calls: ReadonlyArray<{ readonly caller: string; readonly callee: string }>;
}

describe('a MeshReport', () => {
  forEachEnforcer((plane) => {
    it('lists exactly the calls that Istio lets in', async () => {
      const { chart, cart, product, payment } = shop(plane);
      cart.calls(product);
      payment.access.allow(cart);
      const { calls } = JSON.parse(MeshReport.of(chart).toJson()) as Report;
      const nameOf = (key: string) => key.replace('service:', '');
      const allowed = calls.map(({ caller, callee }) => ({ from: nameOf(caller), to: nameOf(callee) }));
      expect(allowed).toHaveLength(2);
      await expectOnly(await judged(chart), allowed);
    });

    it('says who is shut out by a first grant, and it is so when the finding is acknowledged', async () => {
      const chart = newChart();
      const namespace = new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [cart, product] = ['cart', 'product', 'search'].map((id) => service(namespace, id));
      cart.calls(product);
      Findings.of(namespace).acknowledge('MESH206', 'the cart is its only caller');
      expect(MeshReport.of(chart).findings).toMatchObject([{ code: 'MESH206', acknowledged: 'the cart is its only caller' }]);
      await expectOnly(await judged(chart), [{ from: 'shop/cart', to: 'shop/product' }], ['shop/product']);
    });
  });
});

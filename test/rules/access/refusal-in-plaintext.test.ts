import { MeshNamespace, type MeshNamespaceProps, MeshReport, MTls } from 'istio-constructs';
import { refusalInPlaintext } from '../../../lib/rules/access/refusal-in-plaintext';
import { newChart, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

function found({ dataPlane }: PlaneUnderTest, props: Partial<MeshNamespaceProps> = {}): string[] {
  const chart = newChart();
  const open = new MeshNamespace(chart, 'shop', { dataPlane, ...props });
  const [cart, web] = [service(open, 'cart'), service(open, 'web')];
  cart.access.deny(web);
  return codesOf(chart);
}

const codesOf = (chart: ReturnType<typeof newChart>): string[] =>
  MeshReport.of(chart)
    .findings.filter(({ code }) => code === refusalInPlaintext.code)
    .map(({ path }) => path);

describe(refusalInPlaintext.title, () => {
  forEachPlane((plane) => {
    it('warns where plaintext is accepted by a sidecar, and nowhere else', () => {
      expect(found(plane)).toEqual(plane.of({ sidecar: ['test/shop/cart'], ambient: [] }));
      expect(found(plane, { mtls: MTls.PERMISSIVE })).toEqual(plane.of({ sidecar: ['test/shop/cart'], ambient: [] }));
    });

    it('takes it where mutual TLS is required', () => {
      expect(found(plane, { mtls: MTls.STRICT })).toEqual([]);
    });

    it('takes it where only those come in who are allowed by name', () => {
      const { chart, cart, product } = shop(plane);
      cart.access.deny(product);
      expect(codesOf(chart)).toEqual([]);
    });

    it('takes a refusal of everybody, which asks for no identity', () => {
      const chart = newChart();
      const cart = service(new MeshNamespace(chart, 'shop', { dataPlane: plane.dataPlane }), 'cart');
      cart.access.denyAnyone();
      expect(codesOf(chart)).toEqual([]);
    });
  });
});

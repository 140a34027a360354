import { HttpAccess, Mesh, MeshNamespace, MeshReport, PathNormalization } from 'istio-constructs';
import { refusalByPath } from '../../../lib/rules/access/refusal-by-path';
import { newChart, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const ADMIN = { http: [HttpAccess.anyMethod('/admin')] };

const foundIn = (chart: ReturnType<typeof newChart>): string[] =>
  MeshReport.of(chart)
    .findings.filter(({ code }) => code === refusalByPath.code)
    .map(({ text }) => /got: (.*)/.exec(text)?.[1] ?? '');

const waysIn = (chart: ReturnType<typeof newChart>): string[] =>
  foundIn(chart).flatMap((got) =>
    got
      .replace(/, sent by .*/, '')
      .split(', ')
      .map((one) => one.split(': ')[0]),
  );

function waysUnder({ dataPlane }: PlaneUnderTest, pathNormalization?: PathNormalization, path = '/admin'): string[] {
  const chart = newChart();
  new Mesh(chart, 'mesh', { pathNormalization });
  const open = new MeshNamespace(chart, 'shop', { dataPlane });
  const [cart, web] = [service(open, 'cart'), service(open, 'web')];
  web.calls(cart);
  cart.access.denyAnyone({ http: [HttpAccess.anyMethod(path)] });
  return waysIn(chart);
}

describe(refusalByPath.title, () => {
  forEachPlane((plane) => {
    it('names what is left of the ways to write it, as paths are put in order', () => {
      const [letters, slashes] = ['letters of another case', 'slashes written as %2F'];
      // Two sidecars put a path in order twice, and find dots that one leaves.
      const parameters = plane.of({ sidecar: [], ambient: ['parameters'] });
      expect(waysUnder(plane)).toEqual([letters, slashes, ...parameters]);
      expect(waysUnder(plane, PathNormalization.MERGE_SLASHES)).toEqual([letters, slashes, ...parameters]);
      expect(waysUnder(plane, PathNormalization.DECODE_AND_MERGE_SLASHES)).toEqual([letters, ...parameters]);
      expect(waysUnder(plane, PathNormalization.NONE)).toEqual([letters, 'letters written as %XX', 'dots', slashes, 'parameters']);
      expect(waysUnder(plane, PathNormalization.BASE, '/admin/users')).toEqual([letters, slashes, 'parameters']);
    });

    it('says of the end of a path that anything may follow', () => {
      expect(waysUnder(plane, PathNormalization.DECODE_AND_MERGE_SLASHES, '*.key')).toEqual([
        'letters of another case',
        'more behind the end',
      ]);
    });

    it('takes it where nobody may ask for anything but named paths', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*'), HttpAccess.anyMethod('/admin/report')] });
      product.access.denyAnyone(ADMIN);
      expect(foundIn(chart)).toEqual([]);
    });

    it('asks only for those whom the refusal is about', () => {
      const { chart, cart, payment, product } = shop(plane);
      payment.calls(product);
      product.access.deny(cart, ADMIN);
      expect(foundIn(chart)).toEqual([]);
      cart.calls(product);
      expect(foundIn(chart)).toEqual([expect.stringContaining('sent by shop/cart')]);
    });

    it('takes a refusal of everything', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product);
      product.access.denyAnyone({ http: [HttpAccess.post()] });
      expect(foundIn(chart)).toEqual([]);
    });
  });
});

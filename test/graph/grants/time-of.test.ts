import { type CallOptions, MeshReport, type RefusalOptions } from 'istio-constructs';
import { shop, type Shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const TIME = { until: '2026-12-31', reason: 'moves next year' };

function on(day: string, one: Shop): string[] {
  process.env.ISTIO_CONSTRUCTS_TODAY = day;
  return MeshReport.of(one.chart)
    .findings.filter(({ code }) => ['MESH252', 'MESH253'].includes(code))
    .map(({ code, level, path }) => `${level} ${code} ${path}`);
}

describe('a grant for a time', () => {
  const before = process.env.ISTIO_CONSTRUCTS_TODAY;

  afterEach(() => {
    if (before === undefined) delete process.env.ISTIO_CONSTRUCTS_TODAY;
    else process.env.ISTIO_CONSTRUCTS_TODAY = before;
  });

  forEachPlane((plane) => {
    it('is told of until its day is over, and stops synth from then on, from whichever end it is said', () => {
      const one = shop(plane);
      one.product.access.allow(one.cart, TIME);
      one.product.calls(one.cart, TIME);

      expect(on('2026-12-31', one)).toEqual(['warning MESH252 test/shop/product', 'warning MESH252 test/shop/product']);
      expect(on('2027-01-01', one)).toEqual(['error MESH253 test/shop/product', 'error MESH253 test/shop/product']);
    });

    it('is in the model with its day and reason, and the day of synth is not', () => {
      const one = shop(plane);
      one.product.access.allow(one.cart, TIME);
      process.env.ISTIO_CONSTRUCTS_TODAY = '2026-12-01';
      const first = MeshReport.of(one.chart).toJson();
      process.env.ISTIO_CONSTRUCTS_TODAY = '2026-12-02';

      expect(JSON.parse(first).calls).toMatchObject([{ caller: 'service:shop/cart', callee: 'service:shop/product', ...TIME }]);
      expect(MeshReport.of(one.chart).toJson()).toBe(first);
    });

    it('may have a reason without a day, and anyone may be let in for a time', () => {
      const { chart, product, cart } = shop(plane);
      product.access.allow(cart, { reason: 'shows prices' });
      product.access.allowAnyone('a sale', { until: TIME.until });
      expect(JSON.parse(MeshReport.of(chart).toJson()).calls).toMatchObject([
        { caller: 'anyone', reason: 'a sale', until: TIME.until },
        { caller: 'service:shop/cart', reason: 'shows prices' },
      ]);
    });

    it('fails without a reason, for what is no day, and for a second reason', () => {
      const { product, cart } = shop(plane);
      const fails = (options: CallOptions, refusal: { code: string; fix: string }) =>
        expectRefusal(() => product.access.allow(cart, options), { ...refusal, path: 'test/shop/product' });

      fails({ until: '2026-12-31' }, { code: 'MESH833', fix: 'say why' });
      fails({ until: '2026-12-31', reason: ' ' }, { code: 'MESH833', fix: 'say why' });
      fails({ until: 'soon', reason: 'a try' }, { code: 'MESH832', fix: '2026-12-31' });
      expectRefusal(() => product.access.allowAnyone('a sale', { reason: 'a try' }), {
        code: 'MESH835',
        path: 'test/shop/product',
        fix: 'leave reason out',
      });
    });

    it('fails as a refusal', () => {
      const { product, cart } = shop(plane);
      const refusal = { code: 'MESH834', path: 'test/shop/product', fix: 'leave until out' };
      expectRefusal(() => product.access.deny(cart, TIME as RefusalOptions), refusal);
    });
  });
});

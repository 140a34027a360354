import { HttpAccess, MeshReport } from 'istio-constructs';
import { denial, findingCodes, manifest, names, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const ORDERS = [HttpAccess.anyMethod('/orders')];

describe('a refusal in a dry run', () => {
  forEachPlane((plane) => {
    const suffix = plane.of({ sidecar: '', ambient: '-waypoint' });

    it('is the policy of the refusal, with the annotation that has proxies note it', () => {
      const [tried, real] = [{ dryRun: true }, {}].map((how) => {
        const { chart, product, cart } = shop(plane);
        product.access.denyAnyone({ http: ORDERS, exempt: [cart], ...how });
        return chart;
      });
      const policy = manifest(tried, 'AuthorizationPolicy', `product${suffix}-dry-run`);
      expect(policy.metadata.annotations).toEqual({ 'istio.io/dry-run': 'true' });
      expect(policy.spec).toEqual(manifest(real, 'AuthorizationPolicy', `product${suffix}-deny`).spec);
      expect(names(tried, 'AuthorizationPolicy')).not.toContain(`product${suffix}-deny`);
    });

    it('stands beside the refusals that hold, and changes nothing else', () => {
      const [tried, none] = [true, false].map((isTried) => {
        const { chart, product, cart, payment } = shop(plane);
        cart.calls(product, { http: [HttpAccess.get('/items')] });
        product.access.deny(payment, { http: ORDERS });
        if (isTried) product.access.deny(cart, { http: ORDERS, dryRun: true });
        return chart;
      });
      expect(denial(tried, `product${suffix}`)).toEqual(denial(none, `product${suffix}`));
      const others = names(tried, 'AuthorizationPolicy').filter((name) => !name.endsWith('-dry-run'));
      expect(others).toEqual(names(none, 'AuthorizationPolicy'));
      expect(names(tried, 'NetworkPolicy')).toEqual(names(none, 'NetworkPolicy'));
      expect(findingCodes(tried)).toEqual(findingCodes(none));
    });

    it('has a table of its own in the page of access, and is no opening', () => {
      const { chart, product, cart } = shop(plane);
      product.access.deny(cart, { dryRun: true });
      const page = MeshReport.of(chart).accessPage();
      expect(page).toContain('who would be refused, and is not: a dry run');
      expect(page).toContain(`AuthorizationPolicy shop/product${suffix}-dry-run`);
      expect(MeshReport.of(chart).openings.filter(({ where }) => where === 'shop/product')).toEqual([]);
    });

    it('is none of a question or a mark', () => {
      const { product } = shop(plane);
      const refused = { code: 'MESH880', path: 'test/shop/product', fix: 'deny or denyAnyone', got: 'dryRun: true' } as const;
      expectRefusal(() => product.access.audit({ dryRun: true }), refused);
    });
  });
});

import { headlessNeedsWaypoint } from '../../../lib/rules/enrolment/headless-needs-waypoint';
import { findings, need, service } from '../model-builder';

describe('MESH117', () => {
  it('takes services of which nothing is said in vain', () => {
    expect(findings(headlessNeedsWaypoint, { services: [service('cart')] })).toEqual([]);
  });

  it('fails for each thing that only a waypoint could do, where it is said', () => {
    const cart = service('cart', { vainNeeds: [need('shop/web', 'requests'), need('shop/cart', 'the route of cart')] });
    const found = findings(headlessNeedsWaypoint, { services: [cart] });
    expect(found.map(({ on, got }) => [on.path, got])).toEqual([
      ['shop/cart', 'the route of cart'],
      ['shop/web', 'requests'],
    ]);
    expect(found[0].message).toContain('the Service of shop/cart has no cluster address');
    expect(found[0].fix).toContain('second, headless Service');
  });
});

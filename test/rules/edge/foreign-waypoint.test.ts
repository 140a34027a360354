import { foreignWaypoint } from '../../../lib/rules/edge/foreign-waypoint';
import { exposure, findings, service } from '../model-builder';

const waypoint = { name: 'waypoint', namespaceName: 'shop', principal: 'cluster.local/ns/shop/sa/waypoint' };
const behind = (owned: boolean) => {
  const cart = service('cart');
  return { ...cart, owned, namespace: { ...cart.namespace, waypoint } };
};

describe(foreignWaypoint.title, () => {
  it('takes services of ours, which have the label, and those without a waypoint', () => {
    const exposures = [exposure(behind(true)), exposure({ ...service('product'), owned: false })];
    expect(findings(foreignWaypoint, { exposures })).toEqual([]);
  });

  it('tells the label that a service of another program needs', () => {
    const [{ fix }] = findings(foreignWaypoint, { exposures: [exposure(behind(false))] });
    expect(fix).toContain('label Service shop/cart with istio.io/ingress-use-waypoint: "true"');
  });
});

import { forbiddenWaypoint } from '../../../lib/rules/enrolment/forbidden-waypoint';
import { findings, namespace, need } from '../model-builder';

describe(forbiddenWaypoint.title, () => {
  it('takes a namespace without needs', () => {
    expect(findings(forbiddenWaypoint, { namespaces: [namespace('shop', 'ambient', { waypointPolicy: 'never' })] })).toEqual([]);
  });

  it('takes needs of sidecars, which read HTTP themselves', () => {
    const shop = namespace('shop', 'sidecar', { waypointPolicy: 'never', httpNeeds: [need('shop/cart')] });
    expect(findings(forbiddenWaypoint, { namespaces: [shop] })).toEqual([]);
  });

  it('fails once for each need, at its own place', () => {
    const shop = namespace('shop', 'ambient', {
      waypointPolicy: 'never',
      httpNeeds: [need('shop/product', 'the route of product'), need('shop/cart')],
    });
    expect(findings(forbiddenWaypoint, { namespaces: [shop] })).toMatchObject([
      { on: { path: 'shop/cart' } },
      { on: { path: 'shop/product' }, got: 'the route of product' },
    ]);
  });
});

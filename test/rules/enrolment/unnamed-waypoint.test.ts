import { unnamedWaypoint } from '../../../lib/rules/enrolment/unnamed-waypoint';
import { findings, namespace, need, waypointOf } from '../model-builder';

const imported = { owned: false, waypointPolicy: 'never' as const, httpNeeds: [need('payments/payment')] };

describe(unnamedWaypoint.title, () => {
  it('takes an imported namespace whose waypoint is named', () => {
    const payments = namespace('payments', 'ambient', { ...imported, waypoint: waypointOf('payments') });
    expect(findings(unnamedWaypoint, { namespaces: [payments] })).toEqual([]);
  });

  it('leaves namespaces of the program to their own rule', () => {
    expect(findings(unnamedWaypoint, { namespaces: [namespace('payments', 'ambient', { ...imported, owned: true })] })).toEqual([]);
  });

  it('fails where the waypoint of an imported namespace is needed and not named', () => {
    expect(findings(unnamedWaypoint, { namespaces: [namespace('payments', 'ambient', imported)] })).toMatchObject([
      { on: { path: 'payments/payment' }, fix: expect.stringContaining('MeshNamespace.fromName') },
    ]);
  });
});

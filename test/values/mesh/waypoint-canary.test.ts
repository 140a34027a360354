import { DataPlane, Migration, Waypoint } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

const ambientWith = (weight: number, rest: object = {}) => DataPlane.ambient({ waypointCanary: { weight }, ...rest });

describe('WaypointCanary', () => {
  it.each([0, 1, 100])('takes %d percent', (weight) => {
    expect(ambientWith(weight)._facts.waypointCanary).toEqual({ weight, revision: undefined });
  });

  it.each([-1, 101, 2.5, NaN])('fails with a weight of %d', (weight) => {
    expectRefusal(() => ambientWith(weight), { code: 'MESH015', path: 'DataPlane', fix: 'give a whole number', got: String(weight) });
  });

  it.each([
    [Waypoint.NEVER, 'waypoint: Waypoint.NEVER', 'leave waypointCanary out'],
    [Waypoint.sharedFrom('team'), "waypoint: Waypoint.sharedFrom('team')", 'say waypointCanary of team'],
  ])('fails where the namespace makes no waypoint itself', (waypoint, got, fix) => {
    expectRefusal(() => ambientWith(10, { waypoint }), { code: 'MESH878', path: 'DataPlane', got, fix });
  });

  it('fails while pods move', () => {
    expectRefusal(() => ambientWith(10, { migration: Migration.PREPARE }), {
      code: 'MESH879',
      path: 'DataPlane',
      fix: 'finish the migration',
      got: 'migration beside waypointCanary',
    });
  });
});

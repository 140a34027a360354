import { planeOf } from '../../../lib/planes/plane-of';
import { ARRIVING, LEAVING } from '../../../lib/planes/migrating/migrating';

const migration = { wave: 1 };

describe('the plane of pods in a namespace that moves', () => {
  it('is theirs, with what pods of the other one need besides', () => {
    expect([planeOf({ mode: 'sidecar', migration }), planeOf({ mode: 'ambient', migration })]).toEqual([LEAVING, ARRIVING]);
    for (const plane of [LEAVING, ARRIVING]) {
      expect(plane).toMatchObject({ hasWaypoints: true, podsHoldProxies: true, scopesProxies: true, patchesProxies: false });
      expect(plane.probeSources).toContain('169.254.7.127/32');
    }
  });

  it('has sidecars made anew, and sends nobody to a waypoint before that', () => {
    expect(LEAVING).toMatchObject({ renewsSidecars: true, sendsToWaypoints: false });
    expect(ARRIVING).toMatchObject({ renewsSidecars: false, sendsToWaypoints: true });
    expect([LEAVING, ARRIVING].map((plane) => plane.podLabels('stable'))).toEqual([
      { 'sidecar.istio.io/inject': 'true', 'istio.io/rev': 'stable' },
      { 'istio.io/dataplane-mode': 'ambient' },
    ]);
  });

  it('keeps routes as they are for sidecars, at gateways too', () => {
    for (const plane of [LEAVING, ARRIVING]) expect(plane).toMatchObject({ preferredRouter: 'istio', routesAtWaypoint: false });
  });
});

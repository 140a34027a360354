import { sharedWaypoint } from '../../../lib/rules/waypoints/shared-waypoint';
import { findings, namespace, waypointOf } from '../model-builder';

const guest = (parts: object) => namespace('search', 'ambient', { waypointHome: 'team', waypoint: waypointOf('team'), ...parts });
const home = (parts: object) => namespace('team', 'ambient', { waypoint: waypointOf('team'), ...parts });
const CLOSED = { zeroTrust: true };

describe(sharedWaypoint.title, () => {
  it.each([{}, CLOSED, { stage: 'observe' as const }])('takes two that are alike: %j', (parts) => {
    expect(findings(sharedWaypoint, { namespaces: [guest(parts), home(parts)] })).toEqual([]);
  });

  it('fails a closed one behind the waypoint of an open one, at whatever stage', () => {
    for (const open of [{}, { stage: 'observe' as const }]) {
      expect(findings(sharedWaypoint, { namespaces: [guest(CLOSED), home(open)] })).toMatchObject([
        { on: { path: 'shop/search' }, message: expect.stringMatching(/which refuses nothing/) },
      ]);
    }
  });

  it('fails an open one behind the waypoint of a closed one', () => {
    expect(findings(sharedWaypoint, { namespaces: [guest({}), home(CLOSED)] })).toMatchObject([{ got: 'search: open; team: closed' }]);
  });

  it('takes one whose home it does not know: another rule tells of it', () => {
    expect(findings(sharedWaypoint, { namespaces: [guest(CLOSED)] })).toEqual([]);
  });
});

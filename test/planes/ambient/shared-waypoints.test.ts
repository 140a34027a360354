import type { NamespaceFacts } from '../../../lib/model/namespace-facts';
import { guestsByHome, waypointToShare } from '../../../lib/planes/ambient/shared-waypoints';
import { waypointOf } from '../../rules/model-builder';

const facts = (name: string, parts: Partial<NamespaceFacts> = {}): NamespaceFacts => ({
  name,
  path: name,
  mode: 'ambient',
  waypointPolicy: 'when-needed',
  possibleWaypoint: waypointOf(name),
  zeroTrust: true,
  owned: true,
  enrolled: true,
  ...parts,
});
const named = (...all: NamespaceFacts[]) => new Map(all.map((one) => [one.name, one]));

describe('a waypoint that is shared', () => {
  it('is the one that its namespace may have', () => {
    expect(waypointToShare(named(facts('team')), 'team')).toEqual(waypointOf('team'));
  });

  it('is none where the namespace is unknown, forbids it, or shares another one itself', () => {
    const namespaces = named(facts('never', { waypointPolicy: 'never' }), facts('guest', { waypointHome: 'team' }));
    expect(['never', 'guest', 'unknown'].map((home) => waypointToShare(namespaces, home))).toEqual([undefined, undefined, undefined]);
  });

  it('has guests, in one order whatever came first', () => {
    const namespaces = named(facts('web', { waypointHome: 'team' }), facts('api', { waypointHome: 'team' }), facts('team'));
    expect([...guestsByHome(namespaces)]).toEqual([['team', ['api', 'web']]]);
  });
});

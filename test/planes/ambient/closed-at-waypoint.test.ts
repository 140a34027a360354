import type { Enforcement } from '../../../lib/model/hop';
import { closedAtWaypoint } from '../../../lib/planes/ambient/closed-at-waypoint';
import { namespaceState, service, waypointOf } from '../../rules/model-builder';

const waypoint = waypointOf('shop');
const open = { namespace: namespaceState('shop', 'ambient'), waypoint };
const opa = service('opa', open);
const atPods = (principal?: string): Enforcement => ({ attachment: { selector: {} }, namespaceName: 'shop', principal, readsHttp: false });
const targetRefs = [{ group: '', kind: 'Service', name: 'opa' }];
const atWaypoint: Enforcement = { ...atPods('cluster.local/ns/shop/sa/web'), attachment: { targetRefs } };

describe('a service that nobody is granted through its waypoint', () => {
  it('is closed there where its pods let in the waypoint, by name or among others', () => {
    const closed = [{ attachment: { targetRefs }, namespaceName: 'shop', ports: [], readsHttp: false }];
    for (const principal of [waypoint.principal, 'cluster.local/ns/shop/sa/*', 'cluster.local/*']) {
      expect(closedAtWaypoint(opa, [atPods(principal)])).toEqual(closed);
    }
  });

  it('is closed already where its pods let in others alone, or where somebody is granted the way', () => {
    const others = [undefined, 'cluster.local/ns/shop/sa/way', 'cluster.local/ns/team/sa/*'].map(atPods);
    expect(closedAtWaypoint(opa, others)).toEqual([]);
    expect(closedAtWaypoint(opa, [atPods(waypoint.principal), atWaypoint])).toEqual([]);
  });

  it('is closed with its namespace, or with the mesh, and has no waypoint where none stands before it', () => {
    const granted = [atPods(waypoint.principal)];
    for (const closing of [{ zeroTrust: true }, { closedByMesh: true }, { stage: 'observe' as const }]) {
      const namespace = namespaceState('shop', 'ambient', closing);
      expect(closedAtWaypoint(service('opa', { ...open, namespace }), granted)).toEqual([]);
    }
    expect(closedAtWaypoint(service('opa', { ...open, waypoint: undefined }), granted)).toEqual([]);
  });
});

import { isNamedBy } from '../../model/access/many-callers';
import type { Enforcement } from '../../model/hop';
import { hasPolicies, type WaypointFacts, waypointsAt } from '../../model/namespace-facts';
import type { Party } from '../../model/party';
import { serviceRefs } from '../service-refs';

/**
 * What a waypoint has to check of an open service whose pods let in the waypoint itself, or all of its namespace, and to which nobody is granted the way through it. No
 * request is: its pods would take all of them for the waypoint's own. Elsewhere its namespace, or the mesh, closes the waypoint already.
 */
export function closedAtWaypoint(callee: Party, granted: readonly Enforcement[]): Enforcement[] {
  const { waypoint, namespace, namespaceName } = callee;
  if (!waypoint || hasPolicies(namespace)) return [];
  const isAsked = granted.some(({ attachment }) => 'targetRefs' in attachment);
  const isLetIn = ({ principal: own }: WaypointFacts): boolean => granted.some(({ principal }) => isNamedBy(principal, own));
  if (isAsked || !waypointsAt(waypoint).some(isLetIn)) return [];
  return [{ attachment: { targetRefs: serviceRefs(callee) }, namespaceName, ports: [], readsHttp: false }];
}

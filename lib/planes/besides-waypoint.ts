import { isNamedBy } from '../model/access/many-callers';
import type { Call } from '../model/call';
import type { Enforcement } from '../model/hop';
import { waypointsAt } from '../model/namespace-facts';

/**
 * Who is left out of a refusal at pods behind a waypoint. Whoever comes through the waypoint shows at the pods under its identity, and has been refused or let in
 * there. Where everybody is refused on a port nobody is left out; nobody comes through then.
 */
export function besidesWaypoint({
  action,
  caller: { principal },
  callee: { waypoint },
  http,
  excepted,
}: Call): Pick<Enforcement, 'besides'> {
  if (action !== 'DENY' || !waypoint) return {};
  const waypoints = waypointsAt(waypoint).map((one) => one.principal);
  const isOfSome =
    excepted !== undefined || (principal === undefined ? http !== undefined : waypoints.some((one) => isCovered(one, principal)));
  return isOfSome ? { besides: waypoints } : {};
}

// A whole trust domain may be one by whose name the waypoint goes as well, while the mesh moves to another.
function isCovered(principal: string, pattern: string): boolean {
  return isNamedBy(pattern, principal) || /^[^/]*\/\*$/.test(pattern);
}

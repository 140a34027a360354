import type { CallModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import { hasUnknownPlane } from './planes';

export const NOTHING_CLOSED = 'its pods accept connections that do not come from the waypoint';
export const CLOSE = 'allow the callers that it needs, or use a ZeroTrustNamespace';

/** The caller may connect to pods that stand behind a waypoint. */
export function isPastWaypoint({ hops }: CallModel): boolean {
  return hops.some(({ enforcement }) => enforcement?.role === 'direct');
}

/** What makes such callers go through the waypoint. */
export function fixFor(past: readonly Party[]): string {
  return [...new Set(past.map(fixOf))].sort().join('; ');
}

function fixOf({ kind, namespace }: Party): string {
  if (kind === 'anyone') return 'give allowAnyone an http option, so that only the waypoint lets callers in';
  if (kind === 'identity' && hasUnknownPlane(namespace)) return 'set dataPlane on the ServiceIdentity';
  return 'move these callers to ambient mode, or serve what is denied on a port of its own and deny that port';
}

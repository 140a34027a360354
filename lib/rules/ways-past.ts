import type { Enforcement } from '../model/hop';
import type { CallModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import { hasUnknownPlane } from './planes';

export const NOTHING_CLOSED = 'its pods accept connections that do not come from the waypoint';
/** Key of whoever comes without mutual TLS. */
const WITHOUT_IDENTITY = 'plaintext';
export const CLOSE = 'allow the callers that it needs, or use a ZeroTrustNamespace';

/** The caller may connect to pods that stand behind a waypoint. */
export function isPastWaypoint({ caller, callee, hops }: CallModel): boolean {
  // A peer that may be anyone has no key.
  const key = caller.kind === 'anyone' ? undefined : caller.key;
  return callee.waypoint !== undefined && hops.some(({ from, enforcement }) => from.key === key && isAtPods(enforcement));
}

function isAtPods(enforcement: Enforcement | undefined): boolean {
  return enforcement !== undefined && 'selector' in enforcement.attachment;
}

/** What makes such callers go through the waypoint. */
export function fixFor(past: readonly Party[]): string {
  return [...new Set(past.map(fixOf))].sort().join('; ');
}

function fixOf({ kind, key, namespace }: Party): string {
  if (key === WITHOUT_IDENTITY) return 'take plaintext on a port of its own, with nothing on it that is refused';
  if (kind === 'anyone') return 'give allowAnyone an http option, so that only the waypoint lets callers in';
  if (kind === 'identity' && hasUnknownPlane(namespace)) return 'set dataPlane on the ServiceIdentity';
  if (kind === 'callers') return 'name the callers one by one, or serve what is denied on a port of its own and deny that port';
  return 'move these callers to ambient mode, or serve what is denied on a port of its own and deny that port';
}

import type { Party } from '../model/party';
import { isWaypoint } from './peers';

/** How a caller's proxy connects. */
export interface Transport {
  /** Connections to a Service in ambient go to its waypoint. */
  readonly passesWaypoints: boolean;
  /** Connections to a Service in ambient may go straight to its pods. */
  readonly passesBy: boolean;
  /** Connections to a sidecar arrive on the port of the pod. */
  readonly dialsPodPort: boolean;
  /** Connections to a sidecar arrive on the HBONE port. */
  readonly dialsHbone: boolean;
  /** It follows the routes of a service in sidecar mode, or has routes that say the same. */
  readonly follows: 'always' | 'never' | 'perhaps';
}

const SIDECAR: Transport = { passesWaypoints: false, passesBy: true, dialsPodPort: true, dialsHbone: false, follows: 'always' };
const AMBIENT: Transport = { passesWaypoints: true, passesBy: false, dialsPodPort: false, dialsHbone: true, follows: 'never' };
const GATEWAY: Transport = { passesWaypoints: true, passesBy: false, dialsPodPort: true, dialsHbone: false, follows: 'always' };
// It goes to pods by itself, whatever stands before them.
const WAYPOINT: Transport = { passesWaypoints: false, passesBy: true, dialsPodPort: true, dialsHbone: true, follows: 'never' };
// Named by identity alone it may be of either plane: packets of both may arrive, the identity decides.
const UNKNOWN: Transport = { passesWaypoints: true, passesBy: true, dialsPodPort: true, dialsHbone: true, follows: 'perhaps' };

// An Envoy in which a tunnel ends is not told from where it came, and neither are the pods behind a waypoint.
const AT_ADDRESSES: Transport = { ...UNKNOWN, passesWaypoints: false, dialsHbone: false };

const BY_MODE = { sidecar: SIDECAR, ambient: AMBIENT, unknown: UNKNOWN };

export function transportOf(caller: Party): Transport {
  if (isWaypoint(caller.key)) return WAYPOINT;
  if (caller.kind === 'callers' && caller.addresses) return AT_ADDRESSES;
  return caller.kind === 'gateway' ? GATEWAY : BY_MODE[caller.namespace.mode];
}

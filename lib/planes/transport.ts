import type { Party } from '../model/party';

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
}

const SIDECAR: Transport = { passesWaypoints: false, passesBy: true, dialsPodPort: true, dialsHbone: false };
const AMBIENT: Transport = { passesWaypoints: true, passesBy: false, dialsPodPort: false, dialsHbone: true };
const GATEWAY: Transport = { passesWaypoints: true, passesBy: false, dialsPodPort: true, dialsHbone: false };
// Named by identity alone it may be of either plane: packets of both may arrive, the identity decides.
const UNKNOWN: Transport = { passesWaypoints: true, passesBy: true, dialsPodPort: true, dialsHbone: true };

const BY_MODE = { sidecar: SIDECAR, ambient: AMBIENT, unknown: UNKNOWN };

export function transportOf(caller: Party): Transport {
  return caller.kind === 'gateway' ? GATEWAY : BY_MODE[caller.namespace.mode];
}

import { AMBIENT } from '../ambient/ambient';
import type { Plane } from '../plane';
import { SIDECAR } from '../sidecar/sidecar';

type Common = Pick<
  Plane,
  'hasWaypoints' | 'podsHoldProxies' | 'patchesProxies' | 'comparesIdentities' | 'requestReporters' | 'probeSources'
>;

// What is needed by pods of either plane, and what works for both.
const BOTH: Common = {
  hasWaypoints: true,
  podsHoldProxies: true,
  patchesProxies: false,
  comparesIdentities: true,
  requestReporters: [...SIDECAR.requestReporters, ...AMBIENT.requestReporters],
  probeSources: AMBIENT.probeSources,
};

/** Sidecars that are to go: they take what a waypoint sends, and nobody is sent to the waypoint before they do. */
export const LEAVING: Plane = { ...SIDECAR, ...BOTH, renewsSidecars: true };

/** Pods in ambient mode among some that still have sidecars. Routes stay as sidecars read them: a waypoint obeys them too, and so each route has one owner. */
export const ARRIVING: Plane = {
  ...AMBIENT,
  ...BOTH,
  preferredRouter: SIDECAR.preferredRouter,
  routesAtWaypoint: SIDECAR.routesAtWaypoint,
  scopesProxies: SIDECAR.scopesProxies,
  namesHaveAddresses: SIDECAR.namesHaveAddresses,
};

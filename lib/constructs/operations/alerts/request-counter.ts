import type { Construct } from 'constructs';
import type { PlaneFacts } from '../../../model/namespace-facts';
import { planeOf } from '../../../planes/plane-of';
import { MeshError } from '../../../support/mesh-error';
import { oneOf } from '../../../support/options/kind';

/** Whose count of the requests to a service holds, where its pods have sidecars. In ambient mode its waypoint counts. */
export enum RequestCounter {
  /** The proxies of its callers, gateways among them: with requests that reached no pod, and without callers that have no proxy of their own. */
  CALLERS = 'callers',
  /** Its own sidecars: whoever calls, and no request that reached none of its pods. */
  PODS = 'pods',
}

export const REQUEST_COUNTER = oneOf('RequestCounter', RequestCounter);

/** Refuses to have pods count that hold no proxy. */
export function requireCounter(at: Construct, counter: RequestCounter | undefined, name: string, plane: PlaneFacts): void {
  if (counter !== RequestCounter.PODS || !planeOf(plane).hasWaypoints) return;
  throw new MeshError({
    code: 'MESH718',
    at,
    what: 'pods in ambient mode have no proxy that could count requests: their waypoint does',
    got: `countedBy: RequestCounter.PODS for ${name}`,
    fix: 'leave countedBy out, or put the service into a namespace with DataPlane.sidecar()',
  });
}

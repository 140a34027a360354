import { oneOf } from '../../../support/options/kind';

/** Whose count of the requests to a service holds, where its pods have sidecars. In ambient mode its waypoint counts. */
export enum RequestCounter {
  /** The proxies of its callers, gateways among them: with requests that reached no pod, and without callers that have no proxy of their own. */
  CALLERS = 'callers',
  /** Its own sidecars: whoever calls, and no request that reached none of its pods. */
  PODS = 'pods',
}

export const REQUEST_COUNTER = oneOf('RequestCounter', RequestCounter);

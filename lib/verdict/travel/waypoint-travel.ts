import type { Cluster } from '../../cluster/cluster';
import type { WaypointShare } from '../../cluster/services/waypoint-canaries';
import { portOf } from '../../cluster/services/services';
import type { GatewayProxy } from '../../cluster/workloads/gateways';
import { checkToken } from '../decision/token';
import type { Request } from '../requests/request';
import { meshRoutes } from '../routes/mesh-routes';
import type { Called } from '../routes/route-table';
import { hopToWaypoint, nameOf } from './hop';
import { type Plan, sharedOut } from './plan';
import { routed } from './routed';
import { type Departure, tripsBy } from './trips';

/** Through each of the waypoints in front of a service, with the share of what comes that it takes; one of weight 0 takes nothing. */
export function throughWaypoints(
  cluster: Cluster,
  request: Request,
  waypoints: readonly WaypointShare[],
  called: Called,
  departure: Departure,
): Plan {
  const plans = waypoints.map(({ waypoint, share }) => sharedOut(throughWaypoint(cluster, request, waypoint, called, departure), share));
  return { legs: plans.flatMap(({ legs }) => legs), trips: plans.flatMap(({ trips }) => trips) };
}

/**
 * Through the waypoint in front of a service: it decides first, for the service that was called, and then routes. From there straight
 * to the pods with the waypoint's own identity; there is no second waypoint on the way.
 */
function throughWaypoint(cluster: Cluster, request: Request, waypoint: GatewayProxy, called: Called, { source, hops }: Departure): Plan {
  const { service, host, port } = called;
  const isHttp = portOf(service, port)?.isHttp ?? false;
  const departure = { source: waypoint, hops: [...hops, hopToWaypoint(source, waypoint, service, port, isHttp)] };
  const table = meshRoutes(cluster, waypoint, called);
  const checked = { ...request, token: checkToken(cluster, { pod: waypoint, service }, request.token).token };
  return tripsBy(cluster, departure, host, routed(nameOf(waypoint), table, checked, called));
}

import type { Speaker } from './callers';
import type { Cluster } from './cluster';
import type { GatewayProxy } from './gateways';
import { type Hop, hopToWaypoint } from './hop';
import type { Plan } from './plan';
import { type Request, lineOf } from './request';
import { meshRules, routed, shares, tripsTo } from './routing';
import { type MeshService, portOf } from './services';

/**
 * Through the waypoint in front of a service: it decides first, for the service that was called, and then routes. From there straight
 * to the pods with the waypoint's own identity; there is no second waypoint on the way.
 */
export function throughWaypoint(
  cluster: Cluster,
  request: Request,
  waypoint: GatewayProxy,
  service: MeshService,
  port: number,
  from: { readonly source: Speaker; readonly hops: readonly Hop[] },
): Plan {
  const isHttp = portOf(service, port)?.isHttp ?? false;
  const hops = [...from.hops, hopToWaypoint(from.source, waypoint, service, port, isHttp)];
  const rules = meshRules(cluster, waypoint, service, port);
  const route = routed(`waypoint ${waypoint.key}`, rules, lineOf(request), service, port);
  if (!route || route.destinations.length === 0) {
    return { legs: [], trips: [{ hops, host: service.hosts[0], share: 1, refusal: { layer: 'routing', by: rules[0].by } }] };
  }
  const trips = shares(route.destinations).flatMap(({ destination, share }) =>
    tripsTo(cluster, { source: waypoint, hops }, destination, share),
  );
  return { legs: [route.leg], trips };
}

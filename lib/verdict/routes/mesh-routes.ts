import type { Cluster } from '../../cluster/cluster';
import { MESH } from '../../cluster/routes/gateway-keys';
import { isExportedTo, type VirtualService } from '../../cluster/routes/virtual-services';
import { type MeshService, portOf } from '../../cluster/services/services';
import type { Speaker } from '../requests/callers';
import { scopeOf } from '../requests/scope';
import { serviceByteTable, serviceRouteTable } from './http-route-rules';
import type { RouteTable } from './route-table';
import { isNearWaypoint, virtualByteTable, virtualServiceTable } from './virtual-service-routes';

/** What is called: a service by one of its hosts. */
export interface Called {
  readonly service: MeshService;
  readonly host: string;
  readonly port: number;
}

/** The table that a sidecar or a waypoint has for a service; without rules where nobody said anything. */
export function meshRoutes(cluster: Cluster, proxy: Speaker, called: Called): RouteTable {
  const { service, host, port } = called;
  if (!portOf(service, port)?.isHttp) return byteRoutes(cluster, proxy, called);
  const virtual = virtualServiceTable(cluster, host, { proxy, gateway: MESH, port }, seenBy(cluster, proxy, called));
  return together(host, virtual, serviceRouteTable(cluster, service, port, namespaceOf(proxy)));
}

function namespaceOf({ proxy, namespaceName }: Speaker): string | undefined {
  return proxy.routesForOthers ? undefined : namespaceName;
}

function together(host: string, virtual: RouteTable, routes: RouteTable): RouteTable {
  if (virtual.rules.length > 0 && routes.rules.length > 0) {
    return { rules: [], unknown: `${host} has two owners: ${virtual.rules[0].by} and ${routes.rules[0].by}` };
  }
  return { rules: [...virtual.rules, ...routes.rules], unknown: virtual.unknown ?? routes.unknown };
}

/** Of what is exported to its namespace a sidecar is told what its scope lets it see, a waypoint what stands near it. */
function seenBy(cluster: Cluster, proxy: Speaker, { service, host, port }: Called): (one: VirtualService) => boolean {
  const scope = scopeOf(cluster, proxy);
  const isNear = (one: VirtualService) =>
    proxy.proxy.routesForOthers ? isNearWaypoint(one, service, proxy) : scope.sees(one.namespaceName, host, port);
  return (one) => isExportedTo(one, proxy.namespaceName) && isNear(one);
}

/** Where bytes go of which nothing is known but their port. */
function byteRoutes(cluster: Cluster, proxy: Speaker, called: Called): RouteTable {
  const { service, host, port } = called;
  const virtual = virtualByteTable(cluster, host, { proxy, gateway: MESH, port }, seenBy(cluster, proxy, called));
  return together(host, virtual, serviceByteTable(cluster, service, port, namespaceOf(proxy)));
}

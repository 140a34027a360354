import type { Cluster } from '../../cluster/cluster';
import { MESH } from '../../cluster/routes/gateway-keys';
import { isExportedTo, type VirtualService } from '../../cluster/routes/virtual-services';
import { portOf } from '../../cluster/services/services';
import type { Speaker } from '../requests/callers';
import { scopeOf } from '../requests/scope';
import { byteRoutes } from './byte-routes';
import { serviceRouteTable } from './http-route-rules';
import type { Called, RouteTable } from './route-table';
import { isNearWaypoint, virtualServiceTable } from './virtual-service-routes';

/** The table that a sidecar or a waypoint has for a service; without rules where nobody said anything. */
export function meshRoutes(cluster: Cluster, proxy: Speaker, called: Called): RouteTable {
  const { service, host, port } = called;
  const [reader, isSeen] = [{ proxy, gateway: MESH, port }, seenBy(cluster, proxy, called)];
  if (!portOf(service, port)?.isHttp) return byteRoutes(cluster, called, reader, isSeen);
  const virtual = virtualServiceTable(cluster, host, reader, isSeen);
  const callerNamespace = proxy.proxy.routesForOthers ? undefined : proxy.namespaceName;
  const routes = serviceRouteTable(cluster, service, port, callerNamespace);
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

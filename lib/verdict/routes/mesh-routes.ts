import type { Cluster } from '../../cluster/cluster';
import { MESH } from '../../cluster/routes/gateway-keys';
import { isExportedTo, type VirtualService } from '../../cluster/routes/virtual-services';
import { speechOf } from '../../cluster/services/protocols';
import { isVisible } from '../../cluster/services/registry';
import { type MeshService, portOf, type ServicePort, servicesOf } from '../../cluster/services/services';
import type { Speaker } from '../requests/callers';
import type { HostTarget } from '../requests/request';
import { scopeOf } from '../requests/scope';
import { byteRoutes } from './byte-routes';
import { serviceRouteTable } from './http-route-rules';
import { type Called, NO_ROUTES, type RouteTable } from './route-table';
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

/** What a sidecar has for a host that is no service: it reads requests to any host on a port where some service speaks HTTP. `isService`: elsewhere it is one. */
export function strangerRoutes(cluster: Cluster, proxy: Speaker, { host, port }: HostTarget, isService: boolean): RouteTable {
  const scope = scopeOf(cluster, proxy);
  const isSeen = (one: VirtualService) => isExportedTo(one, proxy.namespaceName) && scope.sees(one.namespaceName, host, port);
  const speaksHttp = (one: MeshService) => one.ports.some((each) => each.number === port && isNamedHttp(one, each));
  const isTold = (one: MeshService) => isVisible(one, proxy.namespaceName) && scope.sees(one.namespaceName, one.hosts[0], port);
  const table = virtualServiceTable(cluster, host, { proxy, gateway: MESH, port }, isSeen);
  // A look at all services, which only a route is worth.
  const isRead = (): boolean => isService || servicesOf(cluster).some((one) => speaksHttp(one) && isTold(one));
  return table !== NO_ROUTES && isRead() ? table : NO_ROUTES;
}

/** Where HTTP is only guessed, the sidecar listens at the service's own address. */
function isNamedHttp({ kind }: MeshService, port: ServicePort): boolean {
  return kind === 'Service' ? speechOf(port) === 'http' : port.isHttp;
}

/** Of what is exported to its namespace a sidecar is told what its scope lets it see, a waypoint what stands near it. */
function seenBy(cluster: Cluster, proxy: Speaker, { service, host, port }: Called): (one: VirtualService) => boolean {
  const scope = scopeOf(cluster, proxy);
  const isNear = (one: VirtualService) =>
    proxy.proxy.routesForOthers ? isNearWaypoint(one, service, proxy) : scope.sees(one.namespaceName, host, port);
  return (one) => isExportedTo(one, proxy.namespaceName) && isNear(one);
}

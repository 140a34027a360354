import type { Cluster } from '../../cluster/cluster';
import { MESH } from '../../cluster/routes/gateway-keys';
import { isExportedTo, type VirtualService } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { speechOf } from '../../cluster/services/protocols';
import { isVisible } from '../../cluster/services/registry';
import { type MeshService, portOf, type ServicePort, servicesOf } from '../../cluster/services/services';
import type { Speaker } from '../requests/callers';
import type { HostTarget } from '../requests/request';
import { scopeOf } from '../requests/scope';
import { byteRoutes } from './byte-routes';
import { serviceRouteTable } from './http-route-rules';
import { type Called, NO_ROUTES, type RouteTable } from './route-table';
import { isNearWaypoint, rulesBy, virtualServiceTable } from './virtual-service-routes';

/** The table that a sidecar or a waypoint has for a service; without rules where nobody said anything. */
export function meshRoutes(cluster: Cluster, proxy: Speaker, called: Called): RouteTable {
  const { service, host, port } = called;
  const readsRequests = portOf(service, port)?.isHttp ?? false;
  const [reader, isSeen] = [{ proxy, gateway: MESH, port, readsRequests }, seenBy(cluster, proxy, called)];
  if (!readsRequests) return byteRoutes(cluster, called, reader, isSeen);
  const virtual = virtualServiceTable(cluster, host, reader, isSeen);
  const routes = serviceRouteTable(cluster, service, port, proxy.namespaceName);
  if (virtual.rules.length > 0 && routes.rules.length > 0) {
    return { rules: [], unknown: `${host} has two owners: ${virtual.rules[0].by} and ${routes.rules[0].by}` };
  }
  return { rules: [...virtual.rules, ...routes.rules], unknown: virtual.unknown ?? routes.unknown };
}

/** What a sidecar has for a host that is no service: it reads requests to any host on a port where some service speaks HTTP. `isService`: elsewhere it is one. */
export function strangerRoutes(cluster: Cluster, proxy: Speaker, { host, port }: HostTarget, isService: boolean): RouteTable {
  const scope = scopeOf(cluster, proxy);
  // A look at all services, which only a route is worth.
  const told = once(() => toldOn(cluster, proxy, port));
  const reader = { proxy, gateway: MESH, port, readsRequests: true };
  // One of which nothing is for requests leaves the host to a wider name.
  const isSeen = (one: VirtualService) =>
    rulesBy(cluster, one, reader).length > 0 &&
    isExportedTo(one, proxy.namespaceName) &&
    scope.sees(one.namespaceName, host, port) &&
    (isService || reaches(one, { host, port }, told()));
  const table = virtualServiceTable(cluster, host, reader, isSeen);
  return table !== NO_ROUTES && (isService || told().some((one) => isHttpAt(one, port))) ? table : NO_ROUTES;
}

/** Whether a sidecar reads requests to any address on a port, as some service that it is told of speaks HTTP there. */
export function speaksHttpOn(cluster: Cluster, proxy: Speaker, port: number): boolean {
  return toldOn(cluster, proxy, port).some((one) => isHttpAt(one, port));
}

/** The services with that port that a sidecar is told of. */
function toldOn(cluster: Cluster, proxy: Speaker, port: number): MeshService[] {
  const scope = scopeOf(cluster, proxy);
  return servicesOf(cluster).filter(
    (one) =>
      one.ports.some(({ number }) => number === port) &&
      isVisible(one, proxy.namespaceName) &&
      scope.sees(one.namespaceName, one.hosts[0], port),
  );
}

const isHttpAt = (one: MeshService, port: number): boolean => one.ports.some((each) => each.number === port && isNamedHttp(one, each));

/** A wildcard that some service on the port has means services alone; beside port 80 a VirtualService without one means nobody. */
function reaches({ hosts }: VirtualService, { host, port }: HostTarget, told: readonly MeshService[]): boolean {
  const known = told.flatMap((one) => one.hosts.map((name) => name.toLowerCase()));
  const isOfService = (name: string) => known.some((other) => hostMatches(name, other) || hostMatches(other, name));
  const names = hosts.map((name) => name.toLowerCase());
  if (port !== 80 && !names.some(isOfService)) return false;
  return names.some((name) => hostMatches(name, host) && !(name.startsWith('*') && isOfService(name)));
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Where HTTP is only guessed, the sidecar listens at the service's own address. */
export function isNamedHttp({ kind }: MeshService, port: ServicePort): boolean {
  return kind === 'Service' ? speechOf(port) === 'http' : port.isHttp;
}

/** Of what is exported to its namespace a sidecar is told what its scope lets it see, a waypoint what stands near it. */
function seenBy(cluster: Cluster, proxy: Speaker, { service, host, port }: Called): (one: VirtualService) => boolean {
  const scope = scopeOf(cluster, proxy);
  const isNear = (one: VirtualService) =>
    proxy.proxy.routesForOthers ? isNearWaypoint(one, service, proxy) : scope.sees(one.namespaceName, host, port);
  return (one) => isExportedTo(one, proxy.namespaceName) && isNear(one);
}

import type { Cluster } from '../../cluster/cluster';
import { byteBackendsOf } from '../../cluster/routes/byte-routes';
import { MESH } from '../../cluster/routes/gateway-keys';
import { type GatewayApiRoute, routesUnder } from '../../cluster/routes/gateway-api-routes';
import { type VirtualService, virtualServicesFor } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { isTlsPort } from '../../cluster/services/protocols';
import { portOf } from '../../cluster/services/services';
import { textsOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import { scopeOf } from '../requests/scope';
import { isParent } from './attached-routes';
import { backendDestination } from './http-route-rules';
import { type Called, NO_ROUTES, type RouteTable } from './route-table';
import { routedBytes } from './virtual-byte-routes';
import { type Reader, virtualDestinations } from './virtual-service-routes';

/** Where the connections to a port go that carry no HTTP: by the port, and by the server that TLS asks for. */
export function byteRoutes(cluster: Cluster, called: Called, reader: Reader, isSeen: (one: VirtualService) => boolean): RouteTable {
  const port = portOf(called.service, called.port);
  const isTls = port !== undefined && isTlsPort(called.service.kind, port);
  const routes = routesUnder(cluster, called.service.kind, called.service.key).filter(
    ({ object, namespaceName, parents }) =>
      kindsRead(reader, isTls).includes(object.kind) &&
      isTaken(cluster, reader, called, namespaceName) &&
      parents.some((parent) => isParent(parent, called.service.kind, called.service.key) && (parent.port ?? called.port) === called.port),
  );
  const virtual = virtualServicesFor(cluster, MESH, called.host)
    .flat()
    .filter((one) => (one.routesTls || one.routesTcp) && isSeen(one))
    .map((owner) => ({ owner, title: owner.title, ...routedBytes(cluster, owner, called, { reader, isTls }) }))
    .filter(({ route, isUnread }) => route || isUnread);
  const [first, second] = [...routes, ...virtual];
  if (!first) return NO_ROUTES;
  if (second) return { rules: [], unknown: `${called.host} has two owners: ${first.title} and ${second.title}` };
  if (routes.length > 0) return routeTable(cluster, routes[0], called);
  const [{ owner, route, isUnread }] = virtual;
  if (!route || isUnread) return unread(owner.title);
  const destinations = virtualDestinations(cluster, route.destinations, reader);
  return { rules: [{ by: owner.title, object: owner.object, matches: () => true, destinations }] };
}

/** A waypoint takes those of the Service's namespace and of its own, a sidecar all that its scope lets it see: no route of bytes is for callers of its namespace alone. */
function isTaken(cluster: Cluster, { proxy }: Reader, { service, host, port }: Called, namespaceName: string): boolean {
  if (proxy.proxy.routesForOthers) return [service.namespaceName, proxy.namespaceName].includes(namespaceName);
  return scopeOf(cluster, proxy).sees(namespaceName, host, port);
}

/** A sidecar takes a TLSRoute for ports of TLS, and a TCPRoute for all others; a waypoint takes both for any. */
function kindsRead({ proxy }: Reader, isTls: boolean): readonly string[] {
  if (proxy.proxy.routesForOthers) return ['TCPRoute', 'TLSRoute'];
  return isTls ? ['TLSRoute'] : ['TCPRoute'];
}

/** A TLSRoute at a Service is for the Service's own name, unless it says another. */
function routeTable(cluster: Cluster, route: GatewayApiRoute, { service, host }: Called): RouteTable {
  const hosts = textsOf(specOf(route.object).hostnames);
  const isForHost = hosts.length === 0 ? service.hosts.includes(host) : hosts.some((name) => hostMatches(name, host));
  if (route.object.kind === 'TLSRoute' && !isForHost) return unread(route.title);
  const destinations = byteBackendsOf(route).map((backend) => backendDestination(cluster, route, backend, false));
  return { rules: [{ by: route.title, object: route.object, matches: () => true, destinations }] };
}

const unread = (title: string): RouteTable => ({ rules: [], unknown: `${title} routes bytes, which is not read here` });

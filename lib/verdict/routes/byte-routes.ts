import type { Cluster } from '../../cluster/cluster';
import { byteBackendsOf, tryByteRoutes } from '../../cluster/routes/byte-routes';
import { MESH } from '../../cluster/routes/gateway-keys';
import { type GatewayApiRoute, routesUnder } from '../../cluster/routes/gateway-api-routes';
import { type VirtualService, virtualServicesFor } from '../../cluster/routes/virtual-services';
import { speaksTls } from '../../cluster/services/protocols';
import { portOf } from '../../cluster/services/services';
import { isParent } from './attached-routes';
import { backendDestination } from './http-route-rules';
import { type Called, NO_ROUTES, type RouteTable } from './route-table';
import { type Reader, virtualDestinations } from './virtual-service-routes';

/** Where the connections to a port go that carry no HTTP: there is nothing to match but the port. */
export function byteRoutes(cluster: Cluster, called: Called, reader: Reader, isSeen: (one: VirtualService) => boolean): RouteTable {
  const isAsked = askedAt(called, reader);
  const routes = routesUnder(cluster, called.service.kind, called.service.key).filter(
    ({ object, namespaceName, parents }) =>
      isAsked({ routesTcp: object.kind === 'TCPRoute', routesTls: object.kind === 'TLSRoute' }) &&
      namespaceName === called.service.namespaceName &&
      parents.some((parent) => isParent(parent, called.service.kind, called.service.key) && (parent.port ?? called.port) === called.port),
  );
  const virtual = virtualServicesFor(cluster, MESH, called.host)
    .flat()
    .filter((one) => isAsked(one) && isSeen(one));
  const [first, second] = [...routes, ...virtual];
  if (!first) return NO_ROUTES;
  if (second) return { rules: [], unknown: `${called.host} has two owners: ${first.title} and ${second.title}` };
  return virtual.length > 0 ? virtualTable(cluster, virtual[0], called, reader) : routeTable(cluster, routes[0]);
}

type Protocols = Pick<VirtualService, 'routesTls' | 'routesTcp'>;

/** A sidecar asks routes of TLS about ports that are named so, and the others about all other ports; a waypoint asks both. */
function askedAt(called: Called, { proxy }: Reader): (one: Protocols) => boolean {
  const isTls = isForTls(called);
  return ({ routesTls, routesTcp }) => (proxy.proxy.routesForOthers ? routesTls || routesTcp : isTls ? routesTls : routesTcp);
}

function isForTls({ service, port }: Called): boolean {
  const said = portOf(service, port);
  return said !== undefined && speaksTls(said);
}

function virtualTable(cluster: Cluster, owner: VirtualService, called: Called, reader: Reader): RouteTable {
  const { port } = called;
  const isOfTls = owner.routesTls && (reader.proxy.proxy.routesForOthers || isForTls(called));
  const routes = isOfTls ? undefined : tryByteRoutes(cluster, owner);
  if (!routes) return unread(owner.title);
  const route = routes.find(({ ports }) => !ports || ports.includes(port));
  if (!route) return NO_ROUTES;
  const destinations = virtualDestinations(cluster, route.destinations, reader);
  return { rules: [{ by: owner.title, object: owner.object, matches: () => true, destinations }] };
}

function routeTable(cluster: Cluster, route: GatewayApiRoute): RouteTable {
  if (route.object.kind !== 'TCPRoute') return unread(route.title);
  const destinations = byteBackendsOf(route).map((backend) => backendDestination(cluster, route, backend, false));
  return { rules: [{ by: route.title, object: route.object, matches: () => true, destinations }] };
}

const unread = (title: string): RouteTable => ({ rules: [], unknown: `${title} routes bytes, which is not read here` });

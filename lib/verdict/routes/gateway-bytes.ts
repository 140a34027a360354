import type { Cluster } from '../../cluster/cluster';
import { byteBackendsOf, type VirtualByteRoute, virtualByteRoutes, type ByteMatch } from '../../cluster/routes/byte-routes';
import type { GatewayApiRoute } from '../../cluster/routes/gateway-api-routes';
import type { IstioServer } from '../../cluster/routes/istio-gateways';
import { isExportedTo, type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { textsOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import type { GatewayProxy, Listener } from '../../cluster/workloads/gateways';
import { every, type Maybe, some } from '../decision/three-valued';
import { routesAt } from './attached-routes';
import { backendDestination } from './http-route-rules';
import type { RouteTable } from './route-table';
import { closestTo } from './virtual-hosts';
import { type Reader, virtualDestinations } from './virtual-service-routes';

/**
 * Where a listener of a Kubernetes Gateway sends connections; undefined where it has no route. What it passes on as it came goes by the server that TLS asks for. Where TLS ends, istiod
 * has one way for all connections: that of the oldest route for some host of the listener, whatever server they ask for.
 */
export function listenerBytes(cluster: Cluster, gateway: GatewayProxy, listener: Listener, host: string): RouteTable | undefined {
  const routes = routesAt(cluster, gateway, [listener]);
  const [first, second] = listener.passesTls ? closestTo(host, routes, hostsOf) : routes.filter((route) => meetsListener(listener, route));
  if (second) return twoOwners(host, first, second);
  return first && tableOf(cluster, first);
}

function meetsListener({ hostname = '*' }: Listener, route: GatewayApiRoute): boolean {
  return hostsOf(route).some((host) => meet(host, hostname));
}

/** One without hosts takes all. */
function hostsOf({ object }: GatewayApiRoute): readonly string[] {
  const hosts = textsOf(specOf(object).hostnames);
  return hosts.length > 0 ? hosts : ['*'];
}

function tableOf(cluster: Cluster, route: GatewayApiRoute): RouteTable {
  const destinations = byteBackendsOf(route).map((backend) => backendDestination(cluster, route, backend));
  return { rules: [{ by: route.title, object: route.object, matches: () => true, destinations }] };
}

interface Entering {
  readonly owner: VirtualService;
  readonly route: VirtualByteRoute;
  readonly isTaken: Maybe;
}

/** The same for a server of an Istio Gateway, by the VirtualServices that are bound to it. */
export function serverBytes(cluster: Cluster, server: IstioServer, reader: Reader, host: string): RouteTable | undefined {
  const protocol = passesTls(server) ? 'tls' : 'tcp';
  const found: readonly Entering[] = virtualServices(cluster)
    .filter((one) => one.gateways.includes(reader.gateway) && isExportedTo(one, reader.proxy.namespaceName) && isTakenBy(server, one))
    .flatMap((owner) => virtualByteRoutes(cluster, owner).map((route) => ({ owner, route, isTaken: takes(route, reader, host) })))
    .filter(({ route, isTaken }) => route.protocol === protocol && isTaken !== false);
  const [first, ...rest] = found;
  if (!first) return undefined;
  if (first.isTaken === undefined) return unread(first.owner.title);
  const other = rest.find(({ owner }) => owner !== first.owner);
  return other ? twoOwners(host, first.owner, other.owner) : virtualTable(cluster, first, reader);
}

/** Whether TLS goes on as it came. */
export const passesTls = ({ mode }: IstioServer): boolean => mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';

function isTakenBy(server: IstioServer, { namespaceName, hosts }: VirtualService): boolean {
  const open = server.scopedHosts.map((scoped) => scoped.split('/')).filter(([where]) => where === '*' || where === namespaceName);
  return open.some(([, name]) => hosts.some((host) => meet(host, name)));
}

const meet = (one: string, other: string): boolean => hostMatches(one, other) || hostMatches(other, one);

function takes({ matches }: VirtualByteRoute, reader: Reader, host: string): Maybe {
  return matches.length === 0 || some(matches.map((match) => isMatched(match, reader, host)));
}

function isMatched({ sniHosts, port, gateways, unread: words }: ByteMatch, reader: Reader, host: string): Maybe {
  return every([
    words.length === 0 || undefined,
    sniHosts.length === 0 || sniHosts.some((name) => hostMatches(name, host)),
    (port ?? reader.port) === reader.port,
    gateways.length === 0 || gateways.includes(reader.gateway),
  ]);
}

function virtualTable(cluster: Cluster, { owner, route }: Entering, reader: Reader): RouteTable {
  const destinations = virtualDestinations(cluster, route.destinations, reader);
  return { rules: [{ by: owner.title, object: owner.object, matches: () => true, destinations }] };
}

const unread = (title: string): RouteTable => ({ rules: [], unknown: `${title} routes bytes, which is not read here` });

const twoOwners = (host: string, one: { readonly title: string }, other: { readonly title: string }): RouteTable => ({
  rules: [],
  unknown: `${host} has two owners: ${one.title} and ${other.title}`,
});

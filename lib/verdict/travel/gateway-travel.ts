import type { Cluster } from '../../cluster/cluster';
import { hostMatches } from '../../cluster/services/hosts';
import { serviceOf } from '../../cluster/services/registry';
import { ingressUsesWaypoint, waypointOf } from '../../cluster/services/waypoints';
import { listenersElsewhere, tryGateway } from '../../cluster/workloads/gateways';
import { PUBLIC_ADDRESS } from '../decision/address-blocks';
import type { HostTarget, Request } from '../requests/request';
import { gatewayRouteTable } from '../routes/http-route-rules';
import { type Destination, type RouteTable, shares, straightTo } from '../routes/route-table';
import { virtualServiceTable } from '../routes/virtual-service-routes';
import type { Speaker } from '../requests/callers';
import { namedGateway, redirectedByServer, schemeAt, serversFor } from './entrance';
import { type Hop, nameOf } from './hop';
import { type Plan, refused, type Refusal, undecidedPlan } from './plan';
import { routedBy } from './routed';
import { sentAs, tripsTo } from './trips';
import { throughWaypoint } from './waypoint-travel';

/**
 * From outside through a gateway, by the gateway's own routes alone: what is said for the mesh does not count here. A host that it has
 * no route for but that is a service of the mesh is taken as the gateway's proxy calling it, to see what its identity may do.
 */
export function enterGateway(cluster: Cluster, request: Request, gateway: Speaker, to: HostTarget): Plan {
  const unread = unreadAt(cluster, gateway, to);
  if (unread !== undefined) return undecidedPlan(to.host, unread);
  const redirected = redirectedByServer(cluster, request, to);
  if (redirected) return refused(to.host, redirected, [entryOf(gateway, to.port)]);
  const table = tableOf(cluster, request, gateway, to);
  return table ? byRoutes(cluster, request, gateway, to, table) : past(cluster, request, gateway, to);
}

function byRoutes(cluster: Cluster, request: Request, gateway: Speaker, to: HostTarget, table: RouteTable): Plan {
  const asked = { ...request, addressed: { scheme: schemeAt(cluster, request, gateway, to), host: to.host } };
  const { leg, destinations, path, refusal, unknown } = routedBy(nameOf(gateway), table, asked, to);
  const entry = [entryOf(gateway, to.port)];
  if (unknown !== undefined) return undecidedPlan(to.host, unknown);
  if (!leg) return refused(to.host, refusal ?? nowhere(cluster, gateway), entry);
  const sent = { ...asked, path: path ?? asked.path };
  const plans = shares(destinations).map(({ destination, share }) => onward(cluster, sent, gateway, destination, share, entry));
  const trips = plans.flatMap((plan) => plan.trips);
  return { legs: [leg, ...distinct(plans.flatMap((plan) => plan.legs))], trips: sentAs(trips, entry.length, path) };
}

function nowhere(cluster: Cluster, { key }: Speaker): Refusal {
  return { layer: 'routing', by: `Gateway ${key}`, object: tryGateway(cluster, key)?.object };
}

/** Why nobody here can tell where connections to a port go: TLS may name another server than the request, and bytes name none. */
function unreadAt(cluster: Cluster, { key }: Speaker, { host, port }: HostTarget): string | undefined {
  const own = tryGateway(cluster, key)?.listeners ?? [];
  const elsewhere = listenersElsewhere(cluster, key);
  const open = [...own, ...elsewhere].filter((one) => one.port === port && hostMatches(one.hostname ?? '*', host));
  const [closest] = open.sort((a, b) => (b.hostname ?? '').length - (a.hostname ?? '').length);
  if (!closest || (closest.readsRequests && !elsewhere.includes(closest))) return undefined;
  return `listener ${closest.name} of Gateway ${key} is not read here`;
}

/** The HTTPRoutes of a Kubernetes Gateway, or the VirtualServices of an Istio Gateway; neither follows the other's kind. */
function tableOf(cluster: Cluster, request: Request, gateway: Speaker, to: HostTarget): RouteTable | undefined {
  const kubernetesGateway = tryGateway(cluster, gateway.key);
  if (kubernetesGateway && kubernetesGateway === gateway) return gatewayRouteTable(cluster, kubernetesGateway, to.host, to.port);
  const isOpen = serversFor(cluster, request, to).length > 0;
  const reader = { proxy: gateway, gateway: namedGateway(request), port: to.port };
  const table = isOpen ? virtualServiceTable(cluster, to.host, reader, () => true) : undefined;
  return table && (table.rules.length > 0 || table.unknown !== undefined) ? table : undefined;
}

function past(cluster: Cluster, request: Request, gateway: Speaker, { host, port }: HostTarget): Plan {
  const service = serviceOf(cluster, host);
  if (service) return onward(cluster, request, gateway, straightTo(service, port), 1, []);
  return refused(host, nowhere(cluster, gateway));
}

/** To the backend's waypoint where the backend asks for it, and past it otherwise. */
function onward(cluster: Cluster, request: Request, gateway: Speaker, destination: Destination, share: number, hops: readonly Hop[]): Plan {
  const { service, host, port } = destination;
  const waypoint = service && ingressUsesWaypoint(cluster, service) ? waypointOf(cluster, service) : undefined;
  if (!service || !waypoint) return { legs: [], trips: tripsTo(cluster, { source: gateway, hops }, destination, share) };
  const { legs, trips } = throughWaypoint(cluster, request, waypoint, { service, host, port }, { source: gateway, hops });
  return { legs, trips: trips.map((trip) => ({ ...trip, share: trip.share * share })) };
}

/** From somewhere on the internet to the listener; who that is, nobody has proven. */
function entryOf(gateway: Speaker, port: number): Hop {
  return {
    source: { labels: {}, address: PUBLIC_ADDRESS },
    target: gateway,
    at: nameOf(gateway),
    wirePort: port,
    port,
    enforcer: { pod: gateway },
    isHttp: true,
  };
}

function distinct<T extends { readonly object?: object }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify({ ...item, object: undefined }), item])).values()];
}

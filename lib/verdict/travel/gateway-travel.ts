import type { Cluster } from '../../cluster/cluster';
import { tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { hostMatches } from '../../cluster/services/hosts';
import { serviceOf } from '../../cluster/services/registry';
import { ingressUsesWaypoint, waypointOf } from '../../cluster/services/waypoints';
import { listenersElsewhere, tryGateway } from '../../cluster/workloads/gateways';
import { PUBLIC_ADDRESS } from '../decision/address-blocks';
import { type HostTarget, lineOf, type Request } from '../requests/request';
import { gatewayRouteTable } from '../routes/http-route-rules';
import { type Destination, pathSent, ruleFor, type RouteTable, shares, straightTo } from '../routes/route-table';
import { virtualServiceTable } from '../routes/virtual-service-routes';
import type { Speaker } from '../requests/callers';
import { type Hop, nameOf } from './hop';
import { legOf, type Plan, refused, undecidedPlan } from './plan';
import { sentAs, tripsTo } from './trips';
import { throughWaypoint } from './waypoint-travel';

/**
 * From outside through a gateway, by the gateway's own routes alone: what is said for the mesh does not count here. A host that it has
 * no route for but that is a service of the mesh is taken as the gateway's proxy calling it, to see what its identity may do.
 */
export function enterGateway(cluster: Cluster, request: Request, gateway: Speaker, { host, port }: HostTarget): Plan {
  const unread = unreadAt(cluster, gateway, host, port);
  if (unread !== undefined) return undecidedPlan(host, unread);
  const table = tableOf(cluster, request, gateway, host, port);
  if (!table) return past(cluster, request, gateway, { host, port });
  const { rule, unknown } = ruleFor(table, lineOf(request));
  if (unknown !== undefined) return undecidedPlan(host, unknown);
  if (!rule || rule.destinations.length === 0) {
    const { by, object } = rule ?? table.rules[0];
    return refused(host, { layer: 'routing', by, object });
  }
  const sent = pathSent(rule, lineOf(request));
  if (sent.unknown !== undefined) return undecidedPlan(host, sent.unknown);
  const next = { ...request, path: sent.path ?? request.path };
  const entry = [entryOf(gateway, port)];
  const plans = shares(rule.destinations).map(({ destination, share }) => onward(cluster, next, gateway, destination, share, entry));
  const trips = plans.flatMap((plan) => plan.trips);
  return {
    legs: [legOf(nameOf(gateway), rule), ...distinct(plans.flatMap((plan) => plan.legs))],
    trips: sentAs(trips, entry.length, sent.path),
  };
}

/** Why nobody here can tell where connections to a port go: TLS may name another server than the request, and bytes name none. */
function unreadAt(cluster: Cluster, { key }: Speaker, host: string, port: number): string | undefined {
  const own = tryGateway(cluster, key)?.listeners ?? [];
  const elsewhere = listenersElsewhere(cluster, key);
  const open = [...own, ...elsewhere].filter((one) => one.port === port && hostMatches(one.hostname ?? '*', host));
  const [closest] = open.sort((a, b) => (b.hostname ?? '').length - (a.hostname ?? '').length);
  if (!closest || (closest.readsRequests && !elsewhere.includes(closest))) return undefined;
  return `listener ${closest.name} of Gateway ${key} is not read here`;
}

/** The HTTPRoutes of a Kubernetes Gateway, or the VirtualServices of an Istio Gateway; neither follows the other's kind. */
function tableOf(cluster: Cluster, { from }: Request, gateway: Speaker, host: string, port: number): RouteTable | undefined {
  const kubernetesGateway = tryGateway(cluster, gateway.key);
  if (kubernetesGateway && kubernetesGateway === gateway) return gatewayRouteTable(cluster, kubernetesGateway, host, port);
  const key = 'gateway' in from ? from.gateway : '';
  const servers = tryIstioGateway(cluster, key)?.servers ?? [];
  const isOpen = servers.some((server) => server.port === port && server.hosts.some((one) => hostMatches(one, host)));
  const table = isOpen ? virtualServiceTable(cluster, host, { proxy: gateway, gateway: key, port }, () => true) : undefined;
  return table && (table.rules.length > 0 || table.unknown !== undefined) ? table : undefined;
}

function past(cluster: Cluster, request: Request, gateway: Speaker, { host, port }: HostTarget): Plan {
  const service = serviceOf(cluster, host);
  if (service) return onward(cluster, request, gateway, straightTo(service, port), 1, []);
  return refused(host, { layer: 'routing', by: `Gateway ${gateway.key}`, object: tryGateway(cluster, gateway.key)?.object });
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

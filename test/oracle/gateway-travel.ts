import { PUBLIC_ADDRESS } from './addresses';
import type { Speaker } from './callers';
import type { Cluster } from './cluster';
import type { GatewayProxy } from './gateways';
import type { Hop } from './hop';
import { gatewayRouteRules } from './http-route-rules';
import { keyOf } from './manifest';
import { type Plan, legOf, refused } from './plan';
import { hostMatches, ingressUsesWaypoint, serviceOf, waypointOf } from './registry';
import { type HostTarget, type Request, lineOf } from './request';
import { type Destination, type RouteRule, straightTo } from './route-table';
import { shares, tripsTo } from './routing';
import { virtualServiceRules } from './virtual-service-routes';
import { throughWaypoint } from './waypoint-travel';

/**
 * From outside through a gateway, by the gateway's own routes alone: what is said for the mesh does not count here. A host that it has
 * no route for but that is a service of the mesh is taken as the gateway's proxy calling it, to see what its identity may do.
 */
export function enterGateway(cluster: Cluster, request: Request, gateway: Speaker, { host, port }: HostTarget): Plan {
  const rules = rulesFor(cluster, request, gateway, host, port);
  if (!rules) {
    const service = serviceOf(cluster, host);
    const by = `Gateway ${gateway.key}`;
    return service ? onward(cluster, request, gateway, straightTo(service, port), 1, []) : refused(host, 'routing', by);
  }
  const rule = rules.find((one) => one.matches(lineOf(request)));
  if (!rule || rule.destinations.length === 0) return refused(host, 'routing', (rule ?? rules[0]).by);
  const plans = shares(rule.destinations).map(({ destination, share }) =>
    onward(cluster, request, gateway, destination, share, [entryOf(gateway, port)]),
  );
  return {
    legs: [legOf(`gateway ${gateway.key}`, rule), ...distinct(plans.flatMap((plan) => plan.legs))],
    trips: plans.flatMap((plan) => plan.trips),
  };
}

/** The HTTPRoutes of a Kubernetes Gateway, or the VirtualServices of an Istio Gateway; neither follows the other's kind. */
function rulesFor(cluster: Cluster, { from }: Request, gateway: Speaker, host: string, port: number): RouteRule[] | undefined {
  const kubernetesGateway = cluster.gateways.find((one) => one === gateway);
  if (kubernetesGateway) return gatewayRouteRules(cluster, kubernetesGateway, host, port);
  const key = 'gateway' in from ? from.gateway : '';
  const istioGateway = cluster.istioGateways.find((one) => keyOf(one) === key);
  const servers = istioGateway?.spec?.servers ?? [];
  const isOpen = servers.some((server) => server.port.number === port && server.hosts.some((one) => hostMatches(afterSlash(one), host)));
  const rules = isOpen ? virtualServiceRules(cluster, host, { proxy: gateway, gateway: key, port }, () => true) : [];
  return rules.length === 0 ? undefined : rules;
}

const afterSlash = (host: string): string => host.slice(host.indexOf('/') + 1);

/** To the backend's waypoint where the backend asks for it, and past it otherwise. */
function onward(cluster: Cluster, request: Request, gateway: Speaker, destination: Destination, share: number, hops: readonly Hop[]): Plan {
  const { service, port } = destination;
  const waypoint: GatewayProxy | undefined = service && ingressUsesWaypoint(cluster, service) ? waypointOf(cluster, service) : undefined;
  if (!service || !waypoint) return { legs: [], trips: tripsTo(cluster, { source: gateway, hops }, destination, share) };
  const { legs, trips } = throughWaypoint(cluster, request, waypoint, service, port, { source: gateway, hops });
  return { legs, trips: trips.map((trip) => ({ ...trip, share: trip.share * share })) };
}

/** From somewhere on the internet to the listener; who that is, nobody has proven. */
const entryOf = (gateway: Speaker, port: number): Hop => ({
  source: { labels: {}, address: PUBLIC_ADDRESS },
  target: gateway,
  at: `gateway ${gateway.key}`,
  wirePort: port,
  port,
  enforcer: { pod: gateway },
  isHttp: true,
});

const distinct = <T>(items: readonly T[]): T[] => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];

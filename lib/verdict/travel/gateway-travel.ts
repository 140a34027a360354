import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { pickingGateways } from '../../cluster/routes/istio-gateways';
import { calledService } from '../../cluster/services/registry';
import { isHeadless, portOf } from '../../cluster/services/services';
import { hasAddressAtWaypoints, twinAtWaypoint, waypointSharesAtDoors } from '../../cluster/services/waypoint-canaries';
import { tryGateway } from '../../cluster/workloads/gateways';
import type { Pod } from '../../cluster/workloads/workloads';
import { PUBLIC_ADDRESS } from '../decision/address-blocks';
import { checkToken } from '../decision/token';
import type { HostTarget, Request } from '../requests/request';
import { type Called, type Destination, type RouteTable, shares, straightTo } from '../routes/route-table';
import type { Speaker } from '../requests/callers';
import { type Entrance, entranceAt } from '../entrances/entrance';
import { type Hop, nameOf } from './hop';
import { type Plan, refused, type Refusal, sharedOut, type Trip, undecidedPlan } from './plan';
import { routedBy } from './routed';
import { NO_ADDRESS, sentAs, tripsTo } from './trips';
import { throughWaypoints } from './waypoint-travel';

/**
 * From outside through a gateway, by the gateway's own routes alone: what is said for the mesh does not count here. A host that it has
 * no route for but that is a service of the mesh is taken as the gateway's proxy calling it, to see what its identity may do.
 */
export function enterGateway(cluster: Cluster, request: Request, gateway: Speaker, to: HostTarget): Plan {
  const entrance = entranceAt(cluster, request, gateway, to);
  if (!entrance || (calledService(cluster, to.host) && !asksByHost(entrance))) return past(cluster, request, gateway, to);
  const entry = [entryOf(gateway, to.port, entrance)];
  if (entrance.isForMesh || (entrance.wantsCertificate && !showsCertificate(request)))
    return refused(to.host, { ...nowhere(cluster, gateway), layer: 'mtls' });
  return throughEntrance(cluster, request, { gateway, to, entry }, entrance);
}

/** Bytes name no host, and who has to show a certificate does not call by the gateway's own proxy. */
const asksByHost = ({ table, readsRequests, wantsCertificate }: Entrance): boolean =>
  table !== undefined && readsRequests && !wantsCertificate;

const showsCertificate = ({ from }: Request): boolean => 'gateway' in from && from.showsCertificate === true;

/** Somebody at a gateway, by whatever way he came. */
export interface Entering {
  readonly gateway: Speaker;
  /** What he asks for there, and the port. */
  readonly to: HostTarget;
  /** The way so far; the last connection is the one to the gateway. */
  readonly entry: readonly Hop[];
}

/** On by its routes. Who reads requests looks at policies before it looks for a route; of bytes nobody is asked where none leads on. */
export function throughEntrance(cluster: Cluster, request: Request, entering: Entering, entrance: Entrance): Plan {
  const { gateway, to, entry } = entering;
  if (entrance.refusal) return refused(to.host, entrance.refusal, entry);
  if (!entrance.table) {
    const reached = entrance.readsRequests ? entry : entry.map((hop) => ({ ...hop, enforcer: undefined }));
    return refused(to.host, nowhere(cluster, gateway), reached);
  }
  return byRoutes(cluster, { ...request, addressed: { scheme: entrance.scheme, host: to.host } }, entering, entrance.table);
}

function byRoutes(cluster: Cluster, request: Request, { gateway, to, entry }: Entering, table: RouteTable): Plan {
  const checked = { ...request, token: checkToken(cluster, { pod: gateway }, request.token).token };
  const { leg, destinations, refusal, unknown } = routedBy(nameOf(gateway), table, checked, to);
  if (unknown !== undefined) return undecidedPlan(to.host, unknown, entry);
  if (!leg) return refused(to.host, refusal ?? nowhere(cluster, gateway), entry);
  const plans = shares(destinations).map(({ destination, share }) => {
    const { path = request.path, headers = request.headers } = destination.sent ?? {};
    const plan = onward(cluster, { ...request, path, headers }, gateway, destination, share, entry);
    return { ...plan, trips: notedAt(entry, sentAs(plan.trips, entry.length, destination.sent)) };
  });
  return { legs: [leg, ...distinct(plans.flatMap((plan) => plan.legs))], trips: plans.flatMap((plan) => plan.trips) };
}

/** From there on all believe the gateway about who has come to it. */
function notedAt(entry: readonly Hop[], trips: readonly Trip[]): readonly Trip[] {
  const cameFrom = entry.at(-1)?.source.address;
  const onward = (hop: Hop, index: number): Hop => (index < entry.length ? hop : { ...hop, cameFrom });
  return trips.map((trip) => ({ ...trip, hops: trip.hops.map(onward) }));
}

/** Nothing there leads on: by the Gateway, if it is a single one. */
export function nowhere(cluster: Cluster, pod: Pod): Refusal {
  const picking = pickingGateways(cluster, pod);
  const object = tryGateway(cluster, pod.key)?.object ?? (picking.length === 1 ? picking[0].object : undefined);
  return { layer: 'routing', by: object ? titleOf(object) : `Gateway ${pod.key}`, object };
}

function past(cluster: Cluster, request: Request, gateway: Speaker, { host, port }: HostTarget): Plan {
  const service = calledService(cluster, host);
  if (service) return onward(cluster, request, gateway, straightTo(service, port), 1, []);
  return refused(host, nowhere(cluster, gateway));
}

/** To the backend's waypoint where the backend asks for it, and past it otherwise. By the address that nobody has a waypoint knows one headless Service alone. */
function onward(cluster: Cluster, request: Request, gateway: Speaker, destination: Destination, share: number, hops: readonly Hop[]): Plan {
  const { service, host, port } = destination;
  const waypoints = service && portOf(service, port) ? waypointSharesAtDoors(cluster, service) : [];
  if (!service || waypoints.length === 0) return { legs: [], trips: tripsTo(cluster, { source: gateway, hops }, destination, share) };
  const unread = hasAddressAtWaypoints(service) ? undefined : withoutAddress(cluster, { service, host, port }, hops);
  return sharedOut(unread ?? throughWaypoints(cluster, request, waypoints, { service, host, port }, { source: gateway, hops }), share);
}

/** A gateway gives a waypoint the same address for all that have none. Of headless Services the waypoint has it too, of hosts outside others, which only it knows. */
function withoutAddress(cluster: Cluster, { service, host, port }: Called, hops: readonly Hop[]): Plan | undefined {
  const [title, twin] = [titleOf(service.object), twinAtWaypoint(cluster, service, port)];
  if (twin) return undecidedPlan(host, `a waypoint cannot tell ${title} from ${titleOf(twin.object)}, for neither has an address`, hops);
  if (isHeadless(service)) return undefined;
  return refused(host, { layer: 'routing', by: title, object: service.object, why: NO_ADDRESS }, hops);
}

/** From somewhere on the internet to the listener; who that is, nobody has proven. */
function entryOf(gateway: Speaker, port: number, { readsRequests }: Entrance): Hop {
  return {
    source: { labels: {}, address: PUBLIC_ADDRESS },
    target: gateway,
    at: nameOf(gateway),
    wirePort: port,
    port,
    enforcer: { pod: gateway },
    isHttp: readsRequests,
  };
}

function distinct<T extends { readonly object?: object }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify({ ...item, object: undefined }), item])).values()];
}

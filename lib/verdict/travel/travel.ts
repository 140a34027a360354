import type { Cluster } from '../../cluster/cluster';
import { annotationsOfObject, titleOf } from '../../cluster/objects/manifest-object';
import { servicesOver } from '../../cluster/services/endpoints';
import { serviceNameOf } from '../../cluster/services/hosts';
import { calledService, type Looking, misspelledService, rivalOf, tryServiceOf } from '../../cluster/services/registry';
import { opensOutside } from '../../cluster/services/outer-services';
import { type MeshService, portOf } from '../../cluster/services/services';
import { waypointShares } from '../../cluster/services/waypoint-canaries';
import { tryGateway } from '../../cluster/workloads/gateways';
import { workloadAt } from '../../cluster/workloads/running-pods';
import type { Workload } from '../../cluster/workloads/workloads';
import { SERVICE_TYPE } from '../../istio/labels';
import { PUBLIC_ADDRESS } from '../decision/address-blocks';
import type { NetworkEnd } from '../decision/network';
import { gatewayServing } from '../entrances/gateway-hosts';
import type { HostTarget, Request } from '../requests/request';
import { meshRoutes, speaksHttpOn, strangerRoutes } from '../routes/mesh-routes';
import { type Called, straightTo } from '../routes/route-table';
import { asPicked, isOutsideCluster, type Speaker, speakerOf, tryGatewayPod, workloadNamed } from '../requests/callers';
import { enterGateway } from './gateway-travel';
import { hopOutside, hopToPod, nameOf } from './hop';
import { type Plan, refused, type Trip, undecidedPlan } from './plan';
import { routed, routedBy } from './routed';
import { scopeOf } from '../requests/scope';
import { speaksTls } from '../requests/speech';
import { knownBy, portTakers } from './known-addresses';
import { throughPodWaypoint } from './pod-waypoints';
import { throughGateways } from './through-gateways';
import { throughHeadless, tripsBy, tripsTo } from './trips';
import { throughWaypoints } from './waypoint-travel';
import { writtenBeside, type WrittenHost } from './written-host';

/** Every way that a request can take through the cluster, before anybody is asked whether it may. */
export function travel(cluster: Cluster, request: Request): Plan {
  return throughGateways(cluster, request, setOut(cluster, request));
}

function setOut(cluster: Cluster, request: Request): Plan {
  const caller = speakerOf(cluster, request.from);
  const { to } = request;
  if ('host' in to) return toHost(cluster, request, caller, { ...to, host: to.host.toLowerCase() });
  if (caller.proxy.isDoor) return refused('an address', { layer: 'routing', by: `Gateway ${caller.key}` });
  if ('podOf' in to) return toPod(cluster, request, caller, workloadNamed(cluster, to.podOf), to.port);
  const pod = workloadAt(cluster, to.address, caller.namespaceName);
  if (pod) return toPod(cluster, request, caller, pod, to.port);
  return toUnknown(cluster, request, caller, { host: to.address, port: to.port }, () => outside(caller, to.address, to.port, to.address));
}

function toHost(cluster: Cluster, request: Request, caller: Speaker, to: HostTarget): Plan {
  if (caller.proxy.isDoor) return enterGateway(cluster, request, caller, to);
  const looking = lookingOf(caller);
  const service = calledService(cluster, to.host, looking);
  // A waypoint takes the oldest, whoever is at home.
  const meetsWaypoint = caller.proxy.passesWaypoints && service !== undefined && waypointShares(cluster, service).length > 0;
  const rival = caller.proxy.isInMesh && service ? rivalOf(cluster, to.host, meetsWaypoint ? {} : looking) : undefined;
  if (service && rival) return undecidedPlan(to.host, bothFor(service, rival, to.host));
  const hidden = service ? undefined : tryServiceOf(cluster, to.host);
  const meant = service ?? hidden;
  const written = meant && writtenBeside(cluster, caller, request, { service: meant, ...to });
  if (written) return toWritten(cluster, request, caller, to, written, () => passedOn(cluster, caller, { service: meant, ...to }));
  if (hidden) return toUntold(cluster, request, caller, { service: hidden, ...to });
  // Of a ServiceEntry nobody knows outside the mesh: the cluster's DNS answers without it.
  const isKnown =
    service?.kind === 'Service' ||
    (caller.proxy.isInMesh && service && ((service.hasAddress && !caller.proxy.routesForPods) || portOf(service, to.port)));
  return service && isKnown ? toService(cluster, request, caller, { service, ...to }) : toStranger(cluster, request, caller, to);
}

/** A sidecar routes by itself and never passes a waypoint; ztunnel passes the service's waypoint, and routes nothing. */
function toService(cluster: Cluster, request: Request, caller: Speaker, called: Called): Plan {
  const { service, host, port } = called;
  if (isOutsideCluster(caller) && !opensOutside(service)) {
    return refused(host, { layer: 'routing', by: titleOf(service.object), object: service.object });
  }
  const waypoints = caller.proxy.passesWaypoints ? waypointShares(cluster, service) : [];
  if (waypoints.length > 0 && !portOf(service, port))
    return refused(host, { layer: 'routing', by: titleOf(service.object), object: service.object });
  if (waypoints.length > 0) return throughWaypoints(cluster, request, waypoints, called, { source: caller, hops: [] });
  const straight = { ...straightTo(service, port), host };
  if (!caller.proxy.routesForPods) return { legs: [], trips: tripsTo(cluster, { source: caller, hops: [] }, straight, 1) };

  if (!scopeOf(cluster, caller).sees(service.namespaceName, host, port)) {
    return service.kind === 'Service' ? toUntold(cluster, request, caller, called) : toStranger(cluster, request, caller, { host, port });
  }
  const [taking, other] = portTakers(cluster, caller, port);
  if (other && [taking, other].includes(service)) return undecidedPlan(host, bothTake(taking, other, port));
  const table = meshRoutes(cluster, caller, called);
  // Who calls checks no tokens: no claim is known there.
  const unchecked = { ...request, token: undefined };
  return tripsBy(cluster, { source: caller, hops: [] }, host, routed(nameOf(caller), table, unchecked, called));
}

/** What is for another Service goes there, which is asked about by its own name; for a host that nobody has, as if nobody had told of the Service. */
function toWritten(
  cluster: Cluster,
  request: Request,
  caller: Speaker,
  to: HostTarget,
  { host, service, isUnclear }: WrittenHost,
  plan: () => Plan,
): Plan {
  if (isUnclear) return undecidedPlan(to.host, `${host} means another Service in each namespace`);
  if (service) return refused(to.host, { layer: 'routing', by: titleOf(service.object), object: service.object });
  const [rule] = strangerRoutes(cluster, caller, { host, port: to.port }, false).rules;
  return rule
    ? undecidedPlan(to.host, `${rule.by} routes requests for ${host}`)
    : toUnknown(cluster, request, caller, { host, port: to.port }, plan);
}

/** A sidecar that is not told of a Service passes on what goes to its address, as it is. */
function toUntold(cluster: Cluster, request: Request, caller: Speaker, called: Called): Plan {
  return toUnknown(cluster, request, caller, called, () => passedOn(cluster, caller, called));
}

function passedOn(cluster: Cluster, caller: Speaker, { service, host, port }: Called): Plan {
  const straight = { ...straightTo(service, port), host };
  return { legs: [], trips: tripsTo(cluster, { source: caller, hops: [], isPlaintext: true }, straight, 1) };
}

/** A pod's own address: ztunnel still tunnels to it, through a waypoint only if that one is for workloads; a sidecar passes on what it does not know. */
function toPod(cluster: Cluster, request: Request, caller: Speaker, workload: Workload, port: number): Plan {
  const pod = asPicked(cluster, workload);
  const trip = { host: pod.address, workload: pod.key, share: 1 };
  const behind = throughPodWaypoint(cluster, caller, pod, port);
  if (behind) return { legs: [{ at: nameOf(behind.waypoint) }], trips: [{ ...trip, ...behind.end }] };
  const service = pod.proxy.isDoor ? undefined : knownBy(cluster, caller, pod, port);
  if (service) return toKnownPod(cluster, caller, service, { ...trip, pod, port });
  const to = { host: pod.address, port };
  const hops = () => [hopToPod(cluster, caller, pod, port, { isPlaintext: caller.proxy.routesForPods })];
  const plan = () => ({ legs: [], trips: [{ ...trip, hops: hops() }] });
  const written = writtenBeside(cluster, caller, request, { port });
  return written ? toWritten(cluster, request, caller, to, written, plan) : toUnknown(cluster, request, caller, to, plan);
}

/** By the routes of the headless Service that tells its address, if it has some. */
function toKnownPod(
  cluster: Cluster,
  caller: Speaker,
  service: MeshService,
  { pod, port, ...trip }: Pick<Trip, 'host' | 'workload' | 'share'> & { readonly pod: Workload; readonly port: number },
): Plan {
  const called = { service, host: service.hosts[0], port };
  const { rules, unknown } = meshRoutes(cluster, caller, called);
  const [rule] = rules;
  if (unknown !== undefined) return undecidedPlan(trip.host, unknown);
  if (rule) return undecidedPlan(trip.host, `${rule.by} routes what goes to ${called.host}, which has no address of its own`);
  return { legs: [], trips: [{ ...trip, hops: [], ...throughHeadless(cluster, caller, service, pod, port) }] };
}

/**
 * A host that no manifest describes: a Service outside the mesh, taken to have one pod without labels, or anything on the internet.
 * A sidecar that was told of the first knows it; the second is unknown to every registry.
 */
function toStranger(cluster: Cluster, request: Request, caller: Speaker, { host, port }: HostTarget): Plan {
  const name = serviceNameOf(cluster, host);
  if (!name) return toUnknownHost(cluster, request, caller, { host, port });
  const pod = podSomewhereIn(name.namespaceName);
  const plan = { legs: [], trips: [{ hops: [hopOutside(caller, pod, port, host)], host, share: 1 }] };
  const isKnown = caller.proxy.routesForPods && scopeOf(cluster, caller).sees(name.namespaceName, host, port);
  if (isKnown) return byHostAlone(cluster, request, caller, { host, port }, true) ?? plan;
  return toUnknown(cluster, request, caller, { host, port }, () => plan);
}

/** The pod behind a Service of which nothing is known. */
export function podSomewhereIn(namespaceName: string): NetworkEnd {
  return { namespaceName, labels: {}, address: '10.246.0.2' };
}

/** A sidecar routes HTTP to small letters, and calls what is there by the letters of its ServiceEntry: to capitals nothing leads. */
function toUnknownHost(cluster: Cluster, request: Request, caller: Speaker, { host, port }: HostTarget): Plan {
  const misspelled = caller.proxy.routesForPods ? misspelledService(cluster, host) : undefined;
  if (misspelled && portOf(misspelled, port)?.isHttp) {
    return refused(host, { layer: 'routing', by: titleOf(misspelled.object), object: misspelled.object });
  }
  return toUnknown(cluster, request, caller, { host, port }, () => toTheInternet(cluster, caller, { host, port }));
}

/** The name of a gateway's host leads back into the mesh; which address it has no manifest says. */
function toTheInternet(cluster: Cluster, caller: Speaker, { host, port }: HostTarget): Plan {
  const door = gatewayServing(cluster, host);
  if (!door || !mayComeFromOutside(cluster, door.gateway)) return outside(caller, host, port, PUBLIC_ADDRESS);
  return undecidedPlan(
    host,
    `${host} is a host of ${titleOf(door.object)}: ask about ${door.gateway} as the caller, for who comes in there`,
  );
}

/** One for what leaves the mesh has a Service that nobody outside dials; whoever makes it for a Gateway makes a load balancer, unless told otherwise. */
function mayComeFromOutside(cluster: Cluster, key: string): boolean {
  const gateway = tryGateway(cluster, key);
  if (gateway) return annotationsOfObject(gateway.object)[SERVICE_TYPE] !== 'ClusterIP';
  const pod = tryGatewayPod(cluster, key);
  const services = pod ? servicesOver(cluster, pod).filter(({ kind }) => kind === 'Service') : [];
  return services.length === 0 || services.some(opensOutside);
}

function outside(caller: Speaker, host: string, port: number, address: string): Plan {
  return { legs: [], trips: [{ hops: [hopOutside(caller, { labels: {}, address }, port, host)], host, share: 1 }] };
}

const BY_MESH = 'the mesh configuration, outboundTrafficPolicy REGISTRY_ONLY';
/** What VirtualServices say of a host that is no service of the manifests. */
function byHostAlone(cluster: Cluster, request: Request, caller: Speaker, to: HostTarget, isKnown: boolean): Plan | undefined {
  const table = strangerRoutes(cluster, caller, to, isKnown);
  if (table.unknown === undefined && table.rules.length === 0) return undefined;
  const going = routedBy(nameOf(caller), table, { ...request, token: undefined }, to);
  return tripsBy(cluster, { source: caller, hops: [] }, to.host, going);
}

/** A sidecar that is told of a port without an address takes all for it that comes there and that it does not know better. */
function toUnknown(cluster: Cluster, request: Request, caller: Speaker, { host, port }: HostTarget, plan: () => Plan): Plan {
  if (!caller.proxy.routesForPods) return plan();
  const routes = byHostAlone(cluster, request, caller, { host, port }, false);
  if (routes) return routes;
  const [taking, other] = portTakers(cluster, caller, port);
  // Where some service speaks HTTP it takes what is none.
  const isLeft = taking && speaksHttpOn(cluster, caller, port) && !speaksTls(cluster, request.to);
  if (!taking || isLeft) return unlessDropped(cluster, caller, host, plan);
  if (other) return undecidedPlan(host, bothTake(taking, other, port));
  const rival = rivalOf(cluster, taking.hosts[0], lookingOf(caller));
  if (rival) return undecidedPlan(host, bothFor(taking, rival, taking.hosts[0]));
  // Without a resolution it leaves addresses as they are, and nothing is unknown.
  if (!taking.hasAddress) return plan();
  const called = { service: taking, host: taking.hosts[0], port };
  return tripsBy(cluster, { source: caller, hops: [] }, host, routed(nameOf(caller), meshRoutes(cluster, caller, called), request, called));
}

const lookingOf = ({ namespaceName, proxy }: Speaker): Looking => {
  return { home: namespaceName, viewer: proxy.routesForPods ? namespaceName : undefined, needsAddress: proxy.passesWaypoints };
};

const bothFor = (one: MeshService, other: MeshService, host: string): string =>
  `${titleOf(one.object)} and ${titleOf(other.object)} are both for ${host}`;

const bothTake = (one: MeshService, other: MeshService, port: number): string =>
  `${titleOf(one.object)} and ${titleOf(other.object)} both take port ${port}`;

/** What a sidecar does not know it drops under REGISTRY_ONLY; ztunnel and pods without a proxy know no such thing. */
function unlessDropped(cluster: Cluster, caller: Speaker, host: string, plan: () => Plan): Plan {
  if (!caller.proxy.routesForPods) return plan();
  const scope = scopeOf(cluster, caller).by;
  if (scope?.dropsUnknown) return refused(host, { layer: 'scope', by: scope.title, object: scope.object });
  return cluster.dropsUnknown && scope?.dropsUnknown === undefined ? refused(host, { layer: 'scope', by: BY_MESH }) : plan();
}

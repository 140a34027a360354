import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { titleOf } from '../../cluster/objects/manifest-object';
import { calledService, isVisible } from '../../cluster/services/registry';
import { isHeadless, type MeshService, portOf, type ServicePort, servicesIn } from '../../cluster/services/services';
import { PUBLIC_ADDRESS } from '../decision/address-blocks';
import { mtlsOf } from '../../cluster/policies/mtls-settings';
import type { DestinationRule } from '../../cluster/routes/destination-rules';
import { type WrittenEndpoint, writtenEndpoints } from '../../cluster/services/written-endpoints';
import { PROXIES } from '../../cluster/workloads/proxies';
import type { Workload } from '../../cluster/workloads/workloads';
import { HBONE } from '../../istio/ports';
import { clientRules, demandedMutualTls, foreignTls, rulesTowards } from '../routes/client-rules';
import { type Destination, shares } from '../routes/route-table';
import type { SentTo, SentWords } from '../routes/sent-words';
import type { Speaker } from '../requests/callers';
import { type End, endsBehind } from './ends';
import { toGateway } from './gateway-hops';
import { type Hop, hopOutside, hopToAddress, hopToPod, nameOf } from './hop';
import { inAnotherNetwork } from './networks';
import { type Plan, refused, type Refusal, type Trip, undecidedPlan } from './plan';
import { atMutualTls, throughPodWaypoint } from './pod-waypoints';
import type { Routed } from './routed';

/** Where a request is on its way. */
export interface Departure {
  readonly source: Speaker;
  /** What lies behind already. */
  readonly hops: readonly Hop[];
  readonly isPlaintext?: boolean;
}

/** The trips from a proxy that has routed. */
export function tripsBy(cluster: Cluster, departure: Departure, host: string, { leg, destinations, refusal, unknown }: Routed): Plan {
  if (unknown !== undefined) return undecidedPlan(host, unknown, departure.hops);
  if (refusal || !leg) return refused(host, refusal ?? { layer: 'routing', by: `missing ${host}` }, departure.hops);
  const trips = shares(destinations).flatMap(({ destination, share }) => {
    const end = whereDialled(cluster, departure, host, destination);
    return end ? [{ hops: departure.hops, host: destination.host, share, ...end }] : tripsTo(cluster, departure, destination, share);
  });
  return { legs: [leg], trips };
}

/**
 * Sidecars and waypoints send what is for a headless Service to the address that a pod has dialled, whatever route led there; sidecars also what goes by a load balancer
 * PASSTHROUGH. A headless Service itself nobody dials through a waypoint but gateways, which know no address of it.
 */
function whereDialled(cluster: Cluster, { source }: Departure, host: string, { host: to, service, port }: Destination): Ending | undefined {
  const { isDoor, routesForOthers, routesForPods } = source.proxy;
  if (isDoor || service === undefined || !portOf(service, port)) return undefined;
  if (host === to) return routesForOthers && isHeadless(service) ? { refusal: { ...nowhere(service), why: NO_ADDRESS } } : undefined;
  const isKept = () => clientRules(cluster, to, source, service.namespaceName).some(({ keepsAddresses }) => keepsAddresses);
  const isDialled = isHeadless(service) || (routesForPods && isKept());
  return isDialled ? { unknown: `${to} is headless or passed through: requests for it go where they were dialled` } : undefined;
}

export const NO_ADDRESS = 'a waypoint finds no address of';

/** The same trips with other words from a hop on, up to where somebody changes them once more. */
export function sentAs(trips: readonly Trip[], from: number, sent: SentWords | undefined): readonly Trip[] {
  if (!sent) return trips;
  const changed = (hop: Hop): Hop => ({ ...hop, sent: { ...sent, ...hop.sent } });
  return trips.map((trip) => ({ ...trip, hops: trip.hops.map((hop, index) => (index < from ? hop : changed(hop))) }));
}

/** The trips from a proxy to all pods of a destination, as many requests to each as it has replicas. */
export function tripsTo(cluster: Cluster, departure: Departure, destination: SentTo, share: number): readonly Trip[] {
  return sentAs(plainTripsTo(cluster, departure, destination, share), departure.hops.length, destination.sent);
}

function plainTripsTo(cluster: Cluster, departure: Departure, destination: Destination, share: number): Trip[] {
  const { service, host, subset, port } = destination;
  const way = { hops: departure.hops, host, subset, share };
  if (!service) return [{ ...way, refusal: { layer: 'routing', by: missing(cluster, destination) } }];
  const servicePort = portOf(service, port);
  if (!servicePort) return [{ ...way, refusal: nowhere(service) }];
  if (isHollow(cluster, service, host) || isUntold(departure.source, service) || isUnheard(departure.source, service))
    return [{ ...way, refusal: { ...nowhere(service), why: NO_ENDPOINT } }];
  if (isOutside(service)) return [{ ...way, hops: [...departure.hops, hopOut(departure.source, servicePort, host)] }];
  if (isEmpty(service.selector) && !writtenEndpoints(cluster, service)) {
    return [{ ...way, unknown: `${titleOf(service.object)} has endpoints that somebody writes` }];
  }
  return tripsToEnds(cluster, departure, destination, service, servicePort, share);
}

/** A proxy that reads requests answers what is for an unknown subset. */
function missing(cluster: Cluster, { host, subset, port }: Destination): string {
  const known = subset === undefined ? undefined : calledService(cluster, host);
  if (!known) return `missing ${host}`;
  return `subset ${subset} of ${host}, which no DestinationRule defines${portOf(known, port)?.isHttp ? ' (503)' : ''}`;
}

const NO_ENDPOINT = 'no endpoint is behind';

/** Several of one namespace for one host are one to istiod, with the addresses of all. */
function isHollow(cluster: Cluster, service: MeshService, host: string): boolean {
  const beside = servicesIn(cluster, service.namespaceName).filter(({ hosts }) => hosts.includes(host));
  return service.isHollow === true && beside.every((one) => one.isHollow === true);
}

/** A waypoint has a Service that it is not told of, and no endpoint of it. Whatever is looked up by name it finds all the same. */
function isUntold({ proxy, namespaceName }: Speaker, service: MeshService): boolean {
  const isLookedUp = service.kind === 'ServiceEntry' && isEmpty(service.selector);
  return proxy.routesForOthers && !isLookedUp && !isVisible(service, namespaceName);
}

/** Nobody dials a gateway by the address of what has no resolution, so that it has none to leave as it was. */
function isUnheard({ proxy }: Speaker, { kind, selector, hasAddress }: MeshService): boolean {
  return proxy.isDoor && kind === 'ServiceEntry' && isEmpty(selector) && !hasAddress;
}

function nowhere({ object }: MeshService): Refusal {
  return { layer: 'routing', by: titleOf(object), object };
}

/** Without a resolution an address is left as it was dialled, whatever pods are named. */
function isOutside({ kind, selector, externalName, hasAddress }: MeshService): boolean {
  return externalName !== undefined || (kind === 'ServiceEntry' && (isEmpty(selector) || !hasAddress));
}

function hopOut(source: Speaker, { target, number }: ServicePort, host: string): Hop {
  return hopOutside(source, { labels: {}, address: PUBLIC_ADDRESS }, typeof target === 'number' ? target : number, host);
}

function tripsToEnds(
  cluster: Cluster,
  departure: Departure,
  destination: Destination,
  service: MeshService,
  port: ServicePort,
  share: number,
): Trip[] {
  const { source, hops } = departure;
  const { host, subset } = destination;
  const rules = rulesTowards(cluster, source, service, destination, port.number);
  const ends = endsBehind(cluster, departure, destination, service, port);
  const total = ends.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return [{ hops, host, subset, share, refusal: { ...nowhere(service), why: NO_ENDPOINT } }];
  return ends.map((end) => {
    const way = { hops, host, subset, workload: (end.pod ?? end.gateway)?.key, share: (share * end.weight) / total };
    if (end.number === undefined) return { ...way, refusal: nowhere(service) };
    const { hops: further = [], ...rest } = endAt(cluster, departure, { destination, service, end, number: end.number, rules });
    return { ...way, ...rest, hops: [...hops, ...further] };
  });
}

interface Ahead {
  readonly destination: Destination;
  readonly service: MeshService;
  readonly end: End;
  readonly number: number;
  readonly rules: readonly DestinationRule[];
}

function endAt(cluster: Cluster, departure: Departure, { destination, service, end, number, rules }: Ahead): Ending {
  const { source, isPlaintext } = departure;
  if (end.gateway) return toGateway(cluster, source, { pod: end.gateway, port: number, to: destination, rules: isPlaintext ? [] : rules });
  return end.pod ? endAtPod(cluster, departure, service, end, end.pod, number, rules) : endAtAddress(source, end.written!, number, rules);
}

/** At a pod that a sidecar knows by the headless Service in front of it, whose DestinationRules hold there. */
export function throughHeadless(cluster: Cluster, source: Speaker, service: MeshService, pod: Workload, port: number): Ending {
  const rules = clientRules(cluster, service.hosts[0], source, service.namespaceName);
  return endAtPod(cluster, { source, hops: [] }, service, {}, pod, port, rules);
}

/** How a way ends, with the connections that it still takes. */
type Ending = Partial<Pick<Trip, 'hops' | 'refusal' | 'unknown'>>;

function endAtPod(
  cluster: Cluster,
  { source, isPlaintext }: Departure,
  service: MeshService,
  { written }: Pick<End, 'written'>,
  pod: Workload,
  number: number,
  rules: readonly DestinationRule[],
): Ending {
  const elsewhere = inAnotherNetwork(cluster, pod);
  if (elsewhere !== undefined) return { unknown: elsewhere };
  const [tls, demanded] = [foreignTls(rules), demandedMutualTls(rules)];
  if (tls) return withForeignTls(cluster, tls, pod, number);
  if (demanded && !pod.proxy.takesMutualTls && !takesDemanded(demanded, pod))
    return atDemandedTls(demanded, pod, source, isHeadless(service));
  const behind = isHeadless(service) ? throughPodWaypoint(cluster, source, pod, number) : undefined;
  if (behind) return behind.end;
  const keeping = rules.find(({ keepsAddresses }) => keepsAddresses);
  if (keeping && source.proxy.isDoor) return { unknown: `${keeping.title} has ${nameOf(source)} send requests where they were dialled` };
  const isKnownByAddress = !isPlaintext && source.proxy.routesForPods && (isHeadless(service) || keeping !== undefined);
  const isMutual = demanded ? true : service.isExternal ? false : undefined;
  const hop = isKnownByAddress
    ? hopToAddress(cluster, source, service, pod, number, isMutual)
    : hopToPod(cluster, source, pod, number, { isPlaintext: isPlaintext || isOpaque(source, written), isMutual });
  return isUnread(hop, pod) ? { refusal: atMutualTls(pod) } : { hops: [hop] };
}

/** A machine that says nothing of TLS is spoken to as a rule demands. */
function takesDemanded({ tlsMode, tlsModes }: DestinationRule, { proxy, isOutside }: Workload): boolean {
  return isOutside && proxy.isInMesh && !proxy.takesTunnels && tlsMode !== undefined && tlsModes.length === 1;
}

/** Of an address without the name of a pod ztunnel is told nothing more. */
function isOpaque({ proxy }: Speaker, written: WrittenEndpoint | undefined): boolean {
  return proxy.passesWaypoints && written !== undefined && written.pod === undefined;
}

/** Outside the mesh, as far as the manifests tell; of a pod that they do not have nobody can tell. */
function endAtAddress(
  source: Speaker,
  { object, address, pod }: WrittenEndpoint,
  number: number,
  rules: readonly DestinationRule[],
): Ending {
  if (pod !== undefined) return { unknown: `${titleOf(object)} names Pod ${pod}, which the manifests do not have` };
  const demanded = demandedMutualTls(rules);
  if (demanded) return atDemandedTls(demanded, { object, proxy: PROXIES.none }, source);
  return { hops: [hopOutside(source, { labels: {}, address }, number)] };
}

/** Who takes the mesh's own TLS alone refuses every other; what else comes of it is beyond what is known here. */
function withForeignTls(cluster: Cluster, tls: DestinationRule, pod: Workload, port: number): Pick<Trip, 'refusal' | 'unknown'> {
  const isRefused =
    pod.proxy.takesMutualTls && tls.tlsMode !== undefined && tls.tlsModes.length === 1 && mtlsOf(cluster, pod, port).mode === 'STRICT';
  return isRefused ? { refusal: atMutualTls(tls) } : { unknown: `${tls.title} sets TLS, which is not read here` };
}

/** A pod without a proxy ends no mutual TLS, nor does ztunnel where nobody knows of its tunnel; what comes of it beside one, or at a waypoint, is beyond what is known here. */
function atDemandedTls(
  { title, tlsMode, tlsModes }: DestinationRule,
  pod: Pick<Workload, 'object' | 'proxy'>,
  { proxy }: Speaker,
  isKnownByAddress = false,
): Pick<Trip, 'refusal' | 'unknown'> {
  const isForAll = tlsMode !== undefined && tlsModes.length === 1 && !proxy.routesForOthers;
  const isRefused = isForAll && (!pod.proxy.isInMesh || isKnownByAddress);
  return isRefused ? { refusal: atMutualTls(pod) } : { unknown: `${title} sets TLS, which is not read here` };
}

/** Mutual TLS that the proxy over there does not take, so that the application gets bytes which it cannot read, or ztunnel does. */
function isUnread({ principal, enforcer, wirePort }: Hop, { proxy }: Workload): boolean {
  return principal !== undefined && (!enforcer || (wirePort !== HBONE && !proxy.readsHttp));
}

import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import { titleOf } from '../../cluster/objects/manifest-object';
import { hasLabels } from '../../cluster/objects/selectors';
import { endsBehind, podPort } from '../../cluster/services/endpoints';
import { calledService } from '../../cluster/services/registry';
import { isHeadless, type MeshService, portOf, type ServicePort, servicesOf } from '../../cluster/services/services';
import { PUBLIC_ADDRESS } from '../decision/address-blocks';
import { mtlsOf } from '../../cluster/policies/mtls-settings';
import type { DestinationRule } from '../../cluster/routes/destination-rules';
import type { Pod, Workload } from '../../cluster/workloads/workloads';
import { clientRules, demandedMutualTls, foreignTls } from '../routes/client-rules';
import { type Destination, shares } from '../routes/route-table';
import type { SentTo, SentWords } from '../routes/sent-words';
import { asPicked, type Speaker } from '../requests/callers';
import { toGateway } from './gateway-hops';
import { type Hop, hopOutside, hopToAddress, hopToPod } from './hop';
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
  const trips = shares(destinations).flatMap(({ destination, share }) =>
    isWhereDialled(departure, host, destination)
      ? [
          {
            hops: departure.hops,
            host: destination.host,
            share,
            unknown: `${destination.host} is headless: requests for it go where they were dialled`,
          },
        ]
      : tripsTo(cluster, departure, destination, share),
  );
  return { legs: [leg], trips };
}

/** A sidecar sends what is for a headless Service to the address that its pod has dialled, whatever route led there. */
function isWhereDialled({ source }: Departure, host: string, { host: to, service }: Destination): boolean {
  return source.proxy.routesForPods && host !== to && service !== undefined && isHeadless(service);
}

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
  if (isHollow(cluster, service, host)) return [{ ...way, refusal: { ...nowhere(service), why: NO_ENDPOINT } }];
  if (isOutside(service)) return [{ ...way, hops: [...departure.hops, hopOut(departure.source, servicePort, host)] }];
  if (isEmpty(service.selector)) return [{ ...way, unknown: `${titleOf(service.object)} has endpoints that somebody writes` }];
  return tripsToPods(cluster, departure, destination, service, servicePort, share);
}

/** A proxy that reads requests answers what is for an unknown subset. */
function missing(cluster: Cluster, { host, subset, port }: Destination): string {
  const known = subset === undefined ? undefined : calledService(cluster, host);
  if (!known) return `missing ${host}`;
  return `subset ${subset} of ${host}, which no DestinationRule defines${portOf(known, port)?.isHttp ? ' (503)' : ''}`;
}

const NO_ENDPOINT = 'no endpoint is behind';

/** Several for one host are one to istiod, with the addresses of all. */
function isHollow(cluster: Cluster, service: MeshService, host: string): boolean {
  return service.isHollow === true && servicesOf(cluster).every((one) => one.isHollow === true || !one.hosts.includes(host));
}

function nowhere({ object }: MeshService): Refusal {
  return { layer: 'routing', by: titleOf(object), object };
}

function isOutside({ kind, selector, externalName }: MeshService): boolean {
  return externalName !== undefined || (kind === 'ServiceEntry' && isEmpty(selector));
}

function hopOut(source: Speaker, { target, number }: ServicePort, host: string): Hop {
  return hopOutside(source, { labels: {}, address: PUBLIC_ADDRESS }, typeof target === 'number' ? target : number, host);
}

function tripsToPods(
  cluster: Cluster,
  departure: Departure,
  destination: Destination,
  service: MeshService,
  port: ServicePort,
  share: number,
): Trip[] {
  const { host, subset, labels = {} } = destination;
  const { source, hops } = departure;
  const rules = source.proxy.readsHttp ? clientRules(cluster, host, source, service.namespaceName) : [];
  const pods = podsAt(cluster, service).filter((pod) => hasLabels(pod.labels, labels));
  // Who dials pods by their addresses says the port that the Service has; a gateway and a waypoint know the one behind.
  const dialsPods = isHeadless(service) && !source.proxy.isDoor && !source.proxy.routesForOthers;
  const replicas = pods.reduce((sum, pod) => sum + pod.replicas, 0);
  if (replicas === 0) return [{ hops, host, subset, share, refusal: { ...nowhere(service), why: NO_ENDPOINT } }];
  return pods.map((pod) => {
    const number = dialsPods ? port.number : podPort(port, pod);
    const part = { hops, host, subset, workload: pod.key, share: (share * pod.replicas) / replicas };
    if (number === undefined) return { ...part, refusal: nowhere(service) };
    const last = lastTo(cluster, departure, destination, { pod, number, rules, isHeadless: isHeadless(service) });
    return { ...part, ...last, hops: [...hops, ...(last.hops ?? [])] };
  });
}

interface LastStop {
  readonly pod: ReturnType<typeof podsAt>[number];
  readonly number: number;
  readonly rules: readonly DestinationRule[];
  readonly isHeadless: boolean;
}

/** How one of the pods is reached. */
function lastTo(
  cluster: Cluster,
  { source, isPlaintext }: Departure,
  destination: Destination,
  { pod, number, rules, isHeadless: dialled }: LastStop,
): Partial<Pick<Trip, 'hops' | 'refusal' | 'unknown'>> {
  if (pod.proxy.isDoor) return toGateway(cluster, source, { pod, port: number, to: destination, rules: isPlaintext ? [] : rules });
  const tls = foreignTls(rules);
  const demanded = demandedMutualTls(rules);
  if (tls) return withForeignTls(cluster, tls, pod, number);
  if (demanded && !pod.proxy.takesMutualTls) return atDemandedTls(demanded, pod);
  const behind = dialled ? throughPodWaypoint(cluster, source, pod, number) : undefined;
  if (behind) return behind.end;
  const isKnownByAddress = !isPlaintext && source.proxy.routesForPods && dialled;
  const hop = isKnownByAddress ? hopToAddress(cluster, source, pod, number) : hopToPod(cluster, source, pod, number, { isPlaintext });
  return isUnread(hop) ? { refusal: atMutualTls(pod) } : { hops: [hop] };
}

const podsAt = (cluster: Cluster, service: MeshService) => endsBehind(cluster, service).map((pod) => asPicked(cluster, pod));

/** Who takes the mesh's own TLS alone refuses every other; what else comes of it is beyond what is known here. */
function withForeignTls(cluster: Cluster, tls: DestinationRule, pod: Pod, port: number): Pick<Trip, 'refusal' | 'unknown'> {
  const isRefused =
    pod.proxy.takesMutualTls && tls.tlsMode !== undefined && tls.tlsModes.length === 1 && mtlsOf(cluster, pod, port).mode === 'STRICT';
  return isRefused ? { refusal: atMutualTls(tls) } : { unknown: `${tls.title} sets TLS, which is not read here` };
}

/** A pod without a proxy ends no mutual TLS; what comes of it beside a tunnel is beyond what is known here. */
function atDemandedTls(
  { title, tlsMode, tlsModes }: DestinationRule,
  pod: Pod & Pick<Workload, 'object'>,
): Pick<Trip, 'refusal' | 'unknown'> {
  const isForAll = tlsMode !== undefined && tlsModes.length === 1;
  return isForAll && !pod.proxy.isInMesh ? { refusal: atMutualTls(pod) } : { unknown: `${title} sets TLS, which is not read here` };
}

/** Mutual TLS that the proxy over there does not take, so that the application gets bytes which it cannot read. */
function isUnread({ principal, enforcer }: Hop): boolean {
  return principal !== undefined && !enforcer;
}

import type { Cluster } from '../../../cluster/cluster';
import { allBehind, podPort, podsBehind } from '../../../cluster/services/endpoints';
import { servicesCovering } from '../../../cluster/services/registry';
import { isHeadless, type MeshService } from '../../../cluster/services/services';
import { writtenEndpoints } from '../../../cluster/services/written-endpoints';
import { waypointOfPod } from '../../../cluster/services/waypoints';
import { waypointShares } from '../../../cluster/services/waypoint-canaries';
import { groupedBy } from '../../../support/grouping';
import { HBONE } from '../../../istio/ports';
import { PUBLIC_ADDRESS } from '../../decision/address-blocks';
import type { NetworkEnd } from '../../decision/network';
import { workloadNamed } from '../../requests/callers';
import type { PodTarget } from '../../requests/request';
import { podSomewhereIn } from '../../travel/travel';

/** Where the connections of callers may end, and at which ports: all that the network layer sees of them. */
export interface Stop {
  readonly end: NetworkEnd;
  readonly ports: readonly number[];
}

/** Every pod, waypoint and address to which somebody may connect who calls any of some hosts. */
export function firstStops(cluster: Cluster, hosts: readonly string[], port: number): Stop[] {
  const services = [...new Set(hosts.flatMap((host) => servicesCovering(cluster, host)))];
  const strangers = services.some(leadsOutside) ? strangersAt(services, port) : [];
  const found = [
    ...services.flatMap((service) => [...waypointsOf(cluster, service), ...podWaypoints(cluster, service), ...podsOf(cluster, service)]),
    ...services.flatMap((service) => writtenStops(cluster, service)),
    ...strangers,
  ];
  const ends = groupedBy<Stop, NetworkEnd>(found, ({ end }) => end);
  return [...ends].map(([end, stops]) => ({ end, ports: [...new Set(stops.flatMap(({ ports }) => ports))] }));
}

/** The same of who dials the address of a pod. */
export function stopsAtPod(cluster: Cluster, { podOf, port }: PodTarget): Stop[] {
  const pod = workloadNamed(cluster, podOf);
  const waypoint = waypointOfPod(cluster, pod);
  return [{ end: pod, ports: [HBONE, port] }, ...(waypoint ? [{ end: waypoint, ports: [HBONE] }] : [])];
}

/** To somebody at least: who is not told of it, or has no proxy, goes where the name leads without it. */
export function leadsOutside({ exportTo, kind, externalName }: MeshService): boolean {
  return kind !== 'Service' || externalName !== undefined || !exportTo.includes('*');
}

function waypointsOf(cluster: Cluster, service: MeshService): Stop[] {
  return waypointShares(cluster, service).map(({ waypoint }) => ({ end: waypoint, ports: [HBONE] }));
}

function podsOf(cluster: Cluster, service: MeshService): Stop[] {
  return allBehind(cluster, service).map((pod) => {
    const numbers = service.ports.flatMap((port) => [podPort(port, pod) ?? [], isHeadless(service) ? port.number : []].flat());
    return { end: pod, ports: [...new Set([HBONE, ...numbers])] };
  });
}

/** Of pods that somebody has written by the ports that stand there, and of addresses outside. */
function writtenStops(cluster: Cluster, service: MeshService): Stop[] {
  return (writtenEndpoints(cluster, service) ?? []).map(({ workload, address, ports }) => {
    const numbers = [...ports.values(), ...service.ports.map(({ number }) => number)];
    return { end: workload ?? { labels: {}, address }, ports: [...new Set([HBONE, ...numbers])] };
  });
}

/** Clients of a headless Service pass the waypoints of its pods. */
function podWaypoints(cluster: Cluster, service: MeshService): Stop[] {
  const waypoints = isHeadless(service) ? podsBehind(cluster, service).flatMap((pod) => waypointOfPod(cluster, pod) ?? []) : [];
  return waypoints.map((waypoint) => ({ end: waypoint, ports: [HBONE] }));
}

/** Where a host leads whom nobody tells of its service: outside, or to a Service of which nothing is known. */
function strangersAt(services: readonly MeshService[], port: number): Stop[] {
  const numbers = services.flatMap(({ ports }) =>
    ports.flatMap(({ number, target }) => (typeof target === 'number' ? [number, target] : [number])),
  );
  const ports = [...new Set([port, ...numbers])];
  const unknown = services.map(({ namespaceName }) => podSomewhereIn(namespaceName));
  return [{ labels: {}, address: PUBLIC_ADDRESS }, ...unknown].map((end) => ({ end, ports }));
}

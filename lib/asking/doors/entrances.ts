import type { Cluster } from '../../cluster/cluster';
import { listOf, numberOf, textOf } from '../../cluster/objects/fields';
import { podPort, podsBehind, servedPorts, servicesOver } from '../../cluster/services/endpoints';
import { opensOutside } from '../../cluster/services/outer-services';
import { serviceOf } from '../../cluster/services/registry';
import { isHeadless, type MeshService, portOf } from '../../cluster/services/services';
import { tryWorkload, type Workload } from '../../cluster/workloads/workloads';
import type { ManifestObject } from '../../model/mesh-model';
import { sortedBy } from '../../support/ordering';
import type { Target } from '../../verdict/requests/request';
import { targetsNamed } from '../names';

/** A name or an address by which pods may be called. */
export interface Entrance {
  readonly kind: 'service' | 'headless service' | 'other service' | 'pod address';
  /** As a question names it, with the port. */
  readonly callee: string;
  readonly to: Target;
  /** What makes it: a Service, a ServiceEntry or a workload. */
  readonly object?: ManifestObject;
  /** Of the pods. */
  readonly podPorts: readonly number[];
}

/** Every way to what a name means: its own first. */
export interface Entrances {
  /** `namespace/name` of the pods that it ends at. */
  readonly pods: readonly Workload[];
  readonly own: readonly Entrance[];
  /** Past its own name: other Services over its pods, and their addresses. */
  readonly round: readonly Entrance[];
  /** Services by which nodes or a load balancer lead to the pods from outside the cluster. */
  readonly outer: readonly Entrance[];
}

export function entrancesTo(cluster: Cluster, callee: string): Entrances {
  const targets = targetsNamed(cluster, callee);
  const pods = podsAt(cluster, targets[0]);
  const own = targets.map((to) => ownEntrance(cluster, to, pods));
  const names = new Set(own.map((one) => one.callee));
  const services = sortedBy(new Set(pods.flatMap((pod) => servicesOver(cluster, pod))), ({ key }) => key);
  // A question about one port is about no other.
  const isMeant = ({ podPorts }: Entrance): boolean => !/:\d+$/.test(callee) || podPorts.some((port) => own[0].podPorts.includes(port));
  const named = services.flatMap((service) => byService(cluster, service, pods)).filter(isMeant);
  const addresses = pods.flatMap((pod) => byAddress(cluster, pod)).filter(isMeant);
  const round = [
    ...named.filter((one) => !names.has(one.callee) && !isOwn(own, one)),
    ...addresses.filter((one) => !names.has(one.callee)),
  ];
  const outer = services.filter(opensOutside).flatMap((service) => byService(cluster, service, pods).filter(isMeant));
  return { pods, own, round, outer };
}

/** The same Service under another port is no other Service. */
function isOwn(own: readonly Entrance[], { object }: Entrance): boolean {
  return own.some((one) => one.object === object);
}

function podsAt(cluster: Cluster, to: Target): readonly Workload[] {
  if ('podOf' in to) return [tryWorkload(cluster, to.podOf) ?? []].flat();
  const service = 'host' in to ? serviceOf(cluster, to.host) : undefined;
  return service ? podsBehind(cluster, service) : [];
}

function ownEntrance(cluster: Cluster, to: Target, pods: readonly Workload[]): Entrance {
  if ('podOf' in to) return atAddress(to.podOf, to.port, pods[0].object);
  const service = 'host' in to ? serviceOf(cluster, to.host) : undefined;
  if (service) return throughService(service, to, pods);
  const name = 'host' in to ? to.host : to.address;
  return { kind: 'service', callee: `${name}:${to.port}`, to, podPorts: [] };
}

function byService(cluster: Cluster, service: MeshService, pods: readonly Workload[]): Entrance[] {
  const ports = service.ports.filter(({ protocol }) => protocol !== 'UDP');
  return ports
    .map(({ number: port }) => throughService(service, { host: service.hosts[0], port }, pods))
    .map((one) => (one.kind === 'service' ? { ...one, kind: 'other service' as const } : one))
    .filter(({ podPorts }) => podPorts.length > 0 && podsBehind(cluster, service).length > 0);
}

function throughService(service: MeshService, to: Target, pods: readonly Workload[]): Entrance {
  const port = portOf(service, to.port);
  const podPorts = port ? [...new Set(pods.flatMap((pod) => podPort(port, pod) ?? []))] : [];
  const kind = service.kind === 'Service' && isHeadless(service) ? 'headless service' : 'service';
  return { kind, callee: `${service.key}:${to.port}`, to, object: service.object, podPorts };
}

/** On each port that a Service or a container names. */
function byAddress(cluster: Cluster, pod: Workload): Entrance[] {
  const written = listOf(pod.spec.containers).flatMap(({ ports }) =>
    listOf(ports).flatMap(({ containerPort, protocol }) => (textOf(protocol) === 'UDP' ? [] : (numberOf(containerPort) ?? []))),
  );
  const ports = new Set([...servedPorts(cluster, pod).map(({ number }) => number), ...written]);
  return [...ports].sort((a, b) => a - b).map((port) => atAddress(pod.key, port, pod.object));
}

function atAddress(key: string, port: number, object: ManifestObject): Entrance {
  return { kind: 'pod address', callee: `pod:${key}:${port}`, to: { podOf: key, port }, object, podPorts: [port] };
}

import type { Cluster } from '../../cluster/cluster';
import { listOf, numberOf } from '../../cluster/objects/fields';
import { servedPorts, servicesOver } from '../../cluster/services/endpoints';
import { opensOutside } from '../../cluster/services/outer-services';
import { servicesOf } from '../../cluster/services/services';
import { tryWorkload, workloadsOf } from '../../cluster/workloads/workloads';
import { hostsAtGateways } from '../../verdict/entrances/gateway-hosts';
import { OUTSIDE_NAME } from '../names';

/** Two ends, by the names of questions. */
export type Pair = readonly [caller: string, callee: string];

/** What comes in under hosts of gateways, and by ports of nodes. */
export function pairsFromOutside(cluster: Cluster): Pair[] {
  const gateways = hostsAtGateways(cluster).map(({ gateway, host, port }): Pair => [gateway, `${host}:${port}`]);
  const outer = servicesOf(cluster).filter(opensOutside);
  return [...gateways, ...outer.map(({ key }): Pair => [OUTSIDE_NAME, key])];
}

/** Pods by their address, with or without a Service. */
export function podCallees(cluster: Cluster): string[] {
  return workloadsOf(cluster).flatMap((pod) => {
    const written = listOf(pod.spec.containers).flatMap(({ ports }) => listOf(ports).flatMap((one) => numberOf(one.containerPort) ?? []));
    const ports = new Set([...servedPorts(cluster, pod).map(({ number }) => number), ...written]);
    return [...ports].map((port) => `pod:${pod.key}:${port}`);
  });
}

/** Services that lead to such pods. */
export function servicesOverCallee(cluster: Cluster, callee: string): string[] {
  const pod = tryWorkload(cluster, callee.replace(/^pod:|:\d+$/g, ''));
  return pod ? servicesOver(cluster, pod).map(({ key }) => key) : [];
}

/** A host that no manifest names, and that of a ServiceEntry that has several: what may leave the mesh. */
export function outwardCallees(cluster: Cluster): string[] {
  const entries = servicesOf(cluster).filter(({ kind }) => kind === 'ServiceEntry');
  const others = entries.flatMap(({ hosts, ports }) => hosts.slice(1).flatMap((host) => ports.map(({ number }) => `${host}:${number}`)));
  return [ANYWHERE, ...others.filter((name) => !name.startsWith('*'))];
}

const ANYWHERE = 'any-host.example:443';

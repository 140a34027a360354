import type { Cluster } from '../../../cluster/cluster';
import { isEmpty, listOf, numberOf } from '../../../cluster/objects/fields';
import type { MtlsSettings } from '../../../cluster/policies/mtls-settings';
import { podPort, servicesOver } from '../../../cluster/services/endpoints';
import { type Workload, workloadsWith } from '../../../cluster/workloads/workloads';

/** A port of which a mode is said, and that no pod has. */
export interface UnservedPort {
  readonly port: string;
  readonly mode: string;
  /** The port of the pods behind the one of a Service. */
  readonly meant?: number;
}

/** Where the manifests say nothing of ports, nobody can tell which ones pods listen on. */
export function unservedPorts(cluster: Cluster, { selector, namespaceName, ports }: MtlsSettings): UnservedPort[] {
  const pods = isEmpty(selector) || ports.size === 0 ? [] : workloadsWith(cluster, namespaceName, selector);
  const pairs = pods.flatMap((pod) => pairsOf(cluster, pod));
  const served = new Set([...pairs.map(({ pod }) => pod), ...pods.flatMap(containerPorts)]);
  if (served.size === 0) return [];
  return [...ports].flatMap(([port, mode]) => {
    if (served.has(Number(port))) return [];
    return [{ port, mode, meant: pairs.find(({ service }) => service === Number(port))?.pod }];
  });
}

/** Without what is said of such ports, for it weakens nothing. */
export function ofServedPorts(cluster: Cluster, settings: MtlsSettings): MtlsSettings {
  const unserved = unservedPorts(cluster, settings).map(({ port }) => port);
  return unserved.length === 0
    ? settings
    : { ...settings, ports: new Map([...settings.ports].filter(([port]) => !unserved.includes(port))) };
}

function pairsOf(cluster: Cluster, pod: Workload): { service: number; pod: number }[] {
  const ports = servicesOver(cluster, pod).flatMap((service) => service.ports);
  return ports.flatMap((port) => {
    const number = podPort(port, pod);
    return number === undefined ? [] : [{ service: port.number, pod: number }];
  });
}

function containerPorts({ spec }: Workload): number[] {
  const containers = [...listOf(spec.containers), ...listOf(spec.initContainers)];
  return containers.flatMap((container) => listOf(container.ports)).flatMap(({ containerPort }) => numberOf(containerPort) ?? []);
}

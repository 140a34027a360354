import type { Cluster } from '../../../cluster/cluster';
import { isEmpty, listOf, numberOf } from '../../../cluster/objects/fields';
import type { MtlsSettings } from '../../../cluster/policies/mtls-settings';
import { podPort, servicesOver } from '../../../cluster/services/endpoints';
import { type Workload, workloadsWith } from '../../../cluster/workloads/workloads';

/** A port of a Service of which a mode is said, where the pods behind it have another one. */
export interface MistakenPort {
  readonly port: string;
  readonly mode: string;
  /** The port of the pods behind the one of the Service. */
  readonly meant: number;
}

/** Pods may listen on ports that no Service leads to and no container declares, and a mode holds for whoever dials those. */
export function mistakenPorts(cluster: Cluster, { selector, namespaceName, ports }: MtlsSettings): MistakenPort[] {
  const pods = isEmpty(selector) || ports.size === 0 ? [] : workloadsWith(cluster, namespaceName, selector);
  const pairs = pods.flatMap((pod) => pairsOf(cluster, pod));
  const served = new Set([...pairs.map(({ pod }) => pod), ...pods.flatMap(containerPorts)]);
  return [...ports].flatMap(([port, mode]) => {
    const meant = served.has(Number(port)) ? undefined : pairs.find(({ service }) => service === Number(port))?.pod;
    return meant === undefined ? [] : [{ port, mode, meant }];
  });
}

/** Without what is said of such ports, of which a finding of its own tells. */
export function withoutMistakenPorts(cluster: Cluster, settings: MtlsSettings): MtlsSettings {
  const mistaken = mistakenPorts(cluster, settings).map(({ port }) => port);
  return mistaken.length === 0
    ? settings
    : { ...settings, ports: new Map([...settings.ports].filter(([port]) => !mistaken.includes(port))) };
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

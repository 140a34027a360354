import type { Cluster } from '../cluster/cluster';
import { podPort, servicesOver } from '../cluster/services/endpoints';
import type { MeshService } from '../cluster/services/services';
import { type Workload, workloadsWith } from '../cluster/workloads/workloads';
import type { ServiceModel } from '../model/mesh-model';
import { enforcersOfPod, enforcersOfService } from '../verdict/enforcers';
import type { Enforcer } from '../verdict/decision/enforcer';
import type { Target } from '../verdict/requests/request';

/** One way to the pods of a service: by a name, or by the address of a pod. */
export interface Door {
  readonly to: Target;
  /** For messages: `alias.shop.svc.cluster.local:80`. */
  readonly name: string;
  /** The name that leads here; none for an address. */
  readonly service?: MeshService;
  /** Of the pod. */
  readonly podPort: number;
  readonly isHttp: boolean;
  readonly enforcers: readonly Enforcer[];
}

/** Every way to the pods of a service. */
export function doorsOf(cluster: Cluster, service: ServiceModel): Door[] {
  const pods = workloadsWith(cluster, service.namespaceName, service.podLabels ?? {});
  const over = new Set(pods.flatMap((pod) => servicesOver(cluster, pod)));
  return [...[...over].flatMap((one) => byName(cluster, one, pods)), ...pods.flatMap((pod) => byAddress(cluster, service, pod))];
}

function byName(cluster: Cluster, service: MeshService, pods: readonly Workload[]): Door[] {
  const enforcers = enforcersOfService(cluster, service);
  return service.ports.flatMap((port) => {
    const number = pods.map((pod) => podPort(port, pod)).find((one) => one !== undefined);
    const door = { service, isHttp: port.isHttp, enforcers };
    return number === undefined
      ? []
      : service.hosts.map((host) => ({ ...door, to: { host, port: port.number }, name: `${host}:${port.number}`, podPort: number }));
  });
}

function byAddress(cluster: Cluster, { ports }: ServiceModel, pod: Workload): Door[] {
  const enforcers = enforcersOfPod(cluster, pod);
  return ports.map(({ targetPort, readsHttp }) => ({
    to: { podOf: pod.key, port: targetPort },
    name: `port ${targetPort} of the pods of ${pod.object.kind} ${pod.key}`,
    podPort: targetPort,
    isHttp: readsHttp,
    enforcers,
  }));
}

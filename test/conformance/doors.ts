import type { Cluster } from '../../lib/cluster/cluster';
import { podPort, podsBehind } from '../../lib/cluster/services/endpoints';
import { type MeshService, type ServicePort, servicesOf } from '../../lib/cluster/services/services';
import type { Pod } from '../../lib/cluster/workloads/workloads';
import type { Target } from '../../lib/verdict/requests/request';
import { type Line, linesFor, linesForPod } from '../verdict/samples';

/** What can be called: a port of a Service, or of a pod past its Services. */
export interface Door {
  readonly name: string;
  readonly to: Target;
  /** `namespace/name` of the service whose pods are behind it. */
  readonly service: string;
  /** Port of that service. */
  readonly port: number;
  /**
   * Which of those who may call the service are let in here too: all at the service's own name; at that of a version their identities, for
   * their sidecars may not know the name; and at others nobody has to be.
   */
  readonly isFor: 'callers' | 'identities' | 'nobody';
  /** Requests that tell the policies apart, and those that the program speaks of. */
  readonly lines: readonly Line[];
}

/** Every way to the pods of the mesh; a Service that has lost its pods still is one, and so is a port that no longer speaks HTTP. */
export function doorsOf(cluster: Cluster, said: readonly Line[]): Door[] {
  return servicesOf(cluster).flatMap((service) => {
    const pods = podsBehind(cluster, service);
    if (service.kind === 'ServiceEntry' || pods.some(({ proxy }) => !proxy.isInMesh || proxy.isDoor)) return [];
    const owner = pods.length > 0 ? serviceOf(pods[0]) : service.key;
    const behind = service.key === owner ? pods : [];
    return service.ports.flatMap((port) => [
      frontDoor(cluster, service, port, owner, said),
      ...behind.map((pod) => backDoor(cluster, pod, port, owner, said)),
    ]);
  });
}

function frontDoor(cluster: Cluster, service: MeshService, { number, isHttp }: ServicePort, owner: string, said: readonly Line[]): Door {
  const ofVersion = service.selector.version ? 'identities' : 'nobody';
  return {
    name: `${service.key}:${number}`,
    to: { host: service.hosts[0], port: number },
    service: owner,
    port: number,
    isFor: service.key === owner ? 'callers' : ofVersion,
    lines: distinct([...(isHttp ? linesFor(cluster, service) : [BYTES]), ...said]),
  };
}

function backDoor(cluster: Cluster, pod: Pod, port: ServicePort, owner: string, said: readonly Line[]): Door {
  const number = podPort(port, pod)!;
  return {
    name: `a pod of ${pod.key}, port ${number},`,
    to: { podOf: pod.key, port: number },
    service: owner,
    port: port.number,
    isFor: 'nobody',
    lines: distinct([...(port.isHttp ? linesForPod(cluster, pod) : [BYTES]), ...said]),
  };
}

const BYTES: Line = { method: 'GET', path: '/' };

export const textOf = ({ method, path }: Line): string => `${method} ${path}`;

const distinct = (lines: readonly Line[]): Line[] => [...new Map(lines.map((line) => [textOf(line), line])).values()];

/** Pods carry the name of their service as the label `app`; those that Flagger makes carry another there, and keep what Istio's metrics call them. */
export const serviceOf = ({ namespaceName, labels, key }: Pod): string => {
  const name = labels['service.istio.io/canonical-name'] ?? labels.app;
  return name ? `${namespaceName}/${name}` : key;
};

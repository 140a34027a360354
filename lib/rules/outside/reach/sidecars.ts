import type { Cluster } from '../../../cluster/cluster';
import { perCluster } from '../../../cluster/per-cluster';
import { isVisible } from '../../../cluster/services/registry';
import type { MeshService } from '../../../cluster/services/services';
import { type Workload, workloadsOf } from '../../../cluster/workloads/workloads';
import { scopeOf } from '../../../verdict/requests/scope';

/** Pods that the manifests have and whose own proxy is told of hosts. */
export const sidecarsOf = perCluster((cluster: Cluster): readonly Workload[] =>
  workloadsOf(cluster).filter(({ proxy }) => proxy.routesForPods),
);

/** Whether a sidecar is told of a port of a service: by what that is exported to, and by its own Sidecar object. */
export function isToldOf(cluster: Cluster, sidecar: Workload, service: MeshService, port: number): boolean {
  const scope = scopeOf(cluster, sidecar);
  return isVisible(service, sidecar.namespaceName) && service.hosts.some((host) => scope.sees(service.namespaceName, host, port));
}

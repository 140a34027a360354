import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { servicesOf } from '../../cluster/services/services';
import { perCluster } from '../../cluster/per-cluster';
import type { Workload } from '../../cluster/workloads/workloads';
import { NETWORK } from '../../istio/labels';

const gatewayNetworks = perCluster(
  (cluster: Cluster): ReadonlySet<string> => new Set(servicesOf(cluster).flatMap(({ labels }) => labels[NETWORK] ?? [])),
);

/** Why nobody can tell how a machine is reached: through the gateways of its network, where it has some or no address of its own. Who registers itself has one. */
export function inAnotherNetwork(cluster: Cluster, { object, network, hasNoAddress }: Workload): string | undefined {
  const isNowhere = hasNoAddress && object.kind === 'WorkloadEntry';
  if (network !== undefined && (isNowhere || gatewayNetworks(cluster).has(network))) {
    return `${titleOf(object)} is in network ${network}, which gateways lead to`;
  }
  return isNowhere ? `${titleOf(object)} has no address` : undefined;
}

import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { servicesOf } from '../../cluster/services/services';
import { perCluster } from '../../cluster/per-cluster';
import type { Workload } from '../../cluster/workloads/workloads';
import { NETWORK } from '../../istio/labels';

const gatewayNetworks = perCluster(
  (cluster: Cluster): ReadonlySet<string> => new Set(servicesOf(cluster).flatMap(({ labels }) => labels[NETWORK] ?? [])),
);

/** Why nobody can tell how a machine is reached: through the gateways of its network, where it has some or no address of its own. */
export function inAnotherNetwork(cluster: Cluster, { object, network, hasNoAddress }: Workload): string | undefined {
  if (network !== undefined && (hasNoAddress || gatewayNetworks(cluster).has(network))) {
    return `${titleOf(object)} is in network ${network}, which gateways lead to`;
  }
  return hasNoAddress && object.kind === 'WorkloadEntry' ? `${titleOf(object)} has no address` : undefined;
}

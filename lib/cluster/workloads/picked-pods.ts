import { groupedBy } from '../../support/grouping';
import type { Cluster } from '../cluster';
import type { Labels } from '../objects/fields';
import { hasLabels } from '../objects/selectors';
import { perCluster } from '../per-cluster';
import { gatewaysOf } from './gateways';
import { type Pod, workloadsWith } from './workloads';

const gatewaysByNamespace = perCluster((cluster: Cluster) => groupedBy(gatewaysOf(cluster), ({ namespaceName }) => namespaceName));

/** The pods of a namespace that have these labels: those of workloads, and those that istiod makes for Gateways. */
export function pickedPods(cluster: Cluster, namespaceName: string, labels: Labels): readonly Pod[] {
  const gateways = gatewaysByNamespace(cluster).get(namespaceName) ?? [];
  return [...workloadsWith(cluster, namespaceName, labels), ...gateways.filter((one) => hasLabels(one.labels, labels))];
}

import type { Cluster } from '../cluster';
import type { Labels } from '../objects/fields';
import { hasLabels } from '../objects/selectors';
import { gatewaysIn } from './gateways';
import { type Pod, workloadsWith } from './workloads';

/** The pods of a namespace that have these labels: those of workloads, and those that istiod makes for Gateways. */
export function pickedPods(cluster: Cluster, namespaceName: string, labels: Labels): readonly Pod[] {
  return [
    ...workloadsWith(cluster, namespaceName, labels),
    ...gatewaysIn(cluster, namespaceName).filter((one) => hasLabels(one.labels, labels)),
  ];
}

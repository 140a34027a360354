import type { Cluster } from '../../../cluster/cluster';
import { selects } from '../../../cluster/objects/selectors';
import { networkPolicies, networkPoliciesOn, type NetworkPolicy } from '../../../cluster/policies/network-policies';
import { type GatewayProxy, gatewaysOf } from '../../../cluster/workloads/gateways';
import { type Workload, workloadsOf, workloadsWith } from '../../../cluster/workloads/workloads';
import { KUBERNETES_NETWORKING } from '../../../istio/api-groups';
import type { Direction } from '../../../verdict/decision/network';
import { clusterOf } from '../../cluster-of';
import { isRaw } from '../../owners';
import { perModel } from '../../per-model';

/** Somebody with pods that the manifests know. */
export type KnownPods = Workload | GatewayProxy;

/** What a rule about NetworkPolicies reads. */
export const NETWORK_POLICY = `${KUBERNETES_NETWORKING}/NetworkPolicy`;

/** NetworkPolicies that no construct of this library made. */
export const rawNetworkPolicies = perModel((model): readonly NetworkPolicy[] => networkPolicies(clusterOf(model)).filter(isRaw));

/** Whoever has pods in a cluster: its workloads and the proxies of its Gateways. */
export function everybodyIn(cluster: Cluster): readonly KnownPods[] {
  return [...workloadsOf(cluster), ...gatewaysOf(cluster)];
}

/** The workloads whose pods a policy picks. */
export function pickedBy(cluster: Cluster, { namespaceName, pods }: NetworkPolicy): readonly Workload[] {
  return workloadsWith(cluster, namespaceName, pods.matchLabels).filter(({ labels }) => selects(pods, labels));
}

/** The library's own network layer speaks of these pods. */
export function isGuardedByOurs(cluster: Cluster, { namespaceName, labels }: KnownPods, direction: Direction): boolean {
  return networkPoliciesOn(cluster, namespaceName, labels).some((policy) => policy.object.made && policy[direction] !== undefined);
}

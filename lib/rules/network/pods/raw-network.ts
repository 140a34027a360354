import type { Cluster } from '../../../cluster/cluster';
import { LabelIndex } from '../../../cluster/objects/label-index';
import { selects } from '../../../cluster/objects/selectors';
import { perCluster } from '../../../cluster/per-cluster';
import { networkPolicies, networkPoliciesOn, type NetworkPeer, type NetworkPolicy } from '../../../cluster/policies/network-policies';
import { type GatewayProxy, gatewaysOf } from '../../../cluster/workloads/gateways';
import { type Workload, workloadsOf, workloadsWith } from '../../../cluster/workloads/workloads';
import { KUBERNETES_NETWORKING } from '../../../istio/api-groups';
import { groupedBy } from '../../../support/grouping';
import { type Direction, matchesPeer, mayHavePeer } from '../../../verdict/decision/network';
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
export const everybodyIn = perCluster((cluster: Cluster): readonly KnownPods[] => [...workloadsOf(cluster), ...gatewaysOf(cluster)]);

const places = perCluster((cluster: Cluster) => new Map(everybodyIn(cluster).map((pods, index) => [pods, index])));

const byNamespace = perCluster((cluster: Cluster): ReadonlyMap<string, LabelIndex<KnownPods>> => {
  const groups = groupedBy(everybodyIn(cluster), ({ namespaceName }) => namespaceName);
  return new Map([...groups].map(([name, pods]) => [name, new LabelIndex(pods)]));
});

/** Those of everybody whom a list of peers means, in the same order. */
export function meantBy(cluster: Cluster, peers: readonly NetworkPeer[], policyNamespace: string): readonly KnownPods[] {
  if (peers.length === 0) return everybodyIn(cluster);
  const meant = [...new Set(peers.flatMap((peer) => meantByPeer(cluster, peer, policyNamespace)))];
  return meant.sort((a, b) => places(cluster).get(a)! - places(cluster).get(b)!);
}

/** Namespaces are asked about once each, and their pods are found by their labels. */
function meantByPeer(cluster: Cluster, peer: NetworkPeer, policyNamespace: string): readonly KnownPods[] {
  const wanted = peer.ipBlock ? {} : (peer.podSelector?.matchLabels ?? {});
  const candidates = [...byNamespace(cluster)].flatMap(([name, pods]) =>
    mayHavePeer(cluster, peer, policyNamespace, name) ? pods.having(wanted) : [],
  );
  return candidates.filter((pods) => matchesPeer(cluster, [peer], policyNamespace, pods));
}

/** The workloads whose pods a policy picks. */
export function pickedBy(cluster: Cluster, { namespaceName, pods }: NetworkPolicy): readonly Workload[] {
  return workloadsWith(cluster, namespaceName, pods.matchLabels).filter(({ labels }) => selects(pods, labels));
}

/** The library's own network layer speaks of these pods. */
export function isGuardedByOurs(cluster: Cluster, { namespaceName, labels }: KnownPods, direction: Direction): boolean {
  return networkPoliciesOn(cluster, namespaceName, labels).some((policy) => policy.object.made && policy[direction] !== undefined);
}

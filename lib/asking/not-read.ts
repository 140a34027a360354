import type { Cluster } from '../cluster/cluster';
import { namespaceOf } from '../cluster/objects/manifest-object';
import { objectsOf } from '../cluster/objects/objects-by-kind';
import { perCluster } from '../cluster/per-cluster';
import { AttachmentIndex, readAttached } from '../cluster/policies/attachments';
import { EXTENSIONS, GATEWAY_API, NETWORKING } from '../istio/api-groups';
import type { ManifestObject } from '../model/mesh-model';
import { attachedTo, type Enforcer } from '../verdict/decision/enforcer';

/** What changes single proxies in ways that nobody here follows. */
const AT_PROXIES = [
  [NETWORKING, 'EnvoyFilter'],
  [EXTENSIONS, 'WasmPlugin'],
  [EXTENSIONS, 'TrafficExtension'],
  [GATEWAY_API, 'BackendTLSPolicy'],
] as const;

/** The network layer in words of somebody else. Those of a namespace are for its pods, all others for all. */
const OF_NETWORK = [
  ['cilium.io', 'CiliumNetworkPolicy', 'namespace'],
  ['crd.projectcalico.org', 'NetworkPolicy', 'namespace'],
  ['projectcalico.org', 'NetworkPolicy', 'namespace'],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy', 'cluster'],
  ['crd.projectcalico.org', 'GlobalNetworkPolicy', 'cluster'],
  ['projectcalico.org', 'GlobalNetworkPolicy', 'cluster'],
  ['policy.networking.k8s.io', 'AdminNetworkPolicy', 'cluster'],
  ['policy.networking.k8s.io', 'BaselineAdminNetworkPolicy', 'cluster'],
  ['policy.networking.k8s.io', 'ClusterNetworkPolicy', 'cluster'],
] as const;

const atProxies = perCluster((cluster: Cluster) => {
  const objects = AT_PROXIES.flatMap(([group, kind]) => objectsOf(cluster, group, kind));
  return new AttachmentIndex(objects.map(readAttached));
});

/** Objects that verdicts pass over, and that may matter to whoever takes part in a way. */
export function notReadOnTheWay(cluster: Cluster, proxies: readonly Enforcer[]): ManifestObject[] {
  const attached = proxies.flatMap((proxy) => attachedTo(cluster, atProxies(cluster), proxy)).map(({ object }) => object);
  const namespaces = proxies.map(({ pod }) => pod.namespaceName);
  const ofNetwork = OF_NETWORK.flatMap(([group, kind, reach]) =>
    objectsOf(cluster, group, kind).filter((object) => reach === 'cluster' || namespaces.includes(namespaceOf(object))),
  );
  return [...new Set([...attached, ...ofNetwork])];
}

/** All of them that stand in a cluster. */
export function notReadIn(cluster: Cluster): ManifestObject[] {
  return [...AT_PROXIES, ...OF_NETWORK].flatMap(([group, kind]) => objectsOf(cluster, group, kind));
}

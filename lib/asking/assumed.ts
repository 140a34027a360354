import type { Cluster } from '../cluster/cluster';
import { nameOf } from '../cluster/objects/manifest-object';
import { objectsOf } from '../cluster/objects/objects-by-kind';
import { workloadsOf } from '../cluster/workloads/workloads';
import { CORE } from '../istio/api-groups';
import { compareText } from '../support/ordering';
import { configsBeside, unreadMeshConfig } from './yaml/mesh-config';

/** What verdicts take to be so because no manifest says otherwise, and that is most often not what is meant. */
export function assumedOf(cluster: Cluster): string[] {
  const written = new Set([...objectsOf(cluster, CORE, 'Namespace').map(({ name }) => name), ...Object.keys(cluster.namespacesElsewhere)]);
  const outside = workloadsOf(cluster).filter(({ namespaceName, proxy }) => !written.has(namespaceName) && !proxy.isInMesh);
  const names = [...new Set(outside.map(({ namespaceName }) => namespaceName))].sort(compareText);
  const missing = names.map(
    (name) => `Namespace ${name} is not in the manifests, so its pods are taken to be outside the mesh, and no policy holds at them`,
  );
  return [...missing, ...unreadSettings(cluster)];
}

function unreadSettings({ objects }: Cluster): string[] {
  const unread = unreadMeshConfig(objects);
  const are = unread.length === 1 ? 'is' : 'are';
  const said =
    unread.length === 0
      ? []
      : [`ConfigMap istio-system/istio says ${unread.join(' and ')}, which ${are} not read: verdicts may depend on it`];
  return [
    ...said,
    ...configsBeside(objects).map(
      (object) => `the mesh configuration in ${nameOf(object)} is not read, unless it is said that it holds: --mesh-config`,
    ),
  ];
}

import type { Cluster } from '../../../cluster/cluster';
import { isEmpty } from '../../../cluster/objects/fields';
import { objectsOf } from '../../../cluster/objects/objects-by-kind';
import { perCluster } from '../../../cluster/per-cluster';
import type { Attached } from '../../../cluster/policies/attachments';
import { pickedPods } from '../../../cluster/workloads/picked-pods';
import type { Proxy } from '../../../cluster/workloads/proxies';
import { CORE } from '../../../istio/api-groups';
import { isAmbient, planeOf } from '../../planes';

/** Reads what picks its pods by labels; ztunnel reads none but what is about callers and ports, and a waypoint what has targetRefs. */
export function readsByLabels({ readsHttp, attachedBy }: Proxy): boolean {
  return readsHttp && attachedBy !== 'target';
}

/**
 * Whether pods in ambient mode are all that an object is for. Sure only where the pods are in the manifests; and of an object for a whole
 * namespace, which may hold somebody else's gateway, where the Namespace is too. What is in the root namespace is for the whole mesh.
 */
export function isForNoReader(cluster: Cluster, { namespaceName, selector }: Attached, reads: (proxy: Proxy) => boolean): boolean {
  const proxies = new Set(pickedPods(cluster, namespaceName, selector).map(({ proxy }) => proxy));
  const isSure = namespaceName !== cluster.rootNamespace && (!isEmpty(selector) || writtenNamespaces(cluster).has(namespaceName));
  return isSure && ![...proxies].some(reads) && [...proxies].some((proxy) => isAmbient(planeOf(proxy)) || proxy.attachedBy === 'target');
}

const writtenNamespaces = perCluster((cluster: Cluster) => new Set(objectsOf(cluster, CORE, 'Namespace').map(({ name }) => name)));

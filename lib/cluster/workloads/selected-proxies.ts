import type { Cluster } from '../cluster';
import type { Labels } from '../objects/fields';
import { proxyInNamespace } from './namespaces';
import type { Proxy } from './proxies';
import { workloadsWith } from './workloads';

/** Who speaks for the pods that a selector picks, each once; for those of the namespace where the manifests do not have the pods. */
export function selectedProxies(cluster: Cluster, namespaceName: string, selector: Labels): readonly Proxy[] {
  const picked = workloadsWith(cluster, namespaceName, selector);
  return picked.length === 0 ? [proxyInNamespace(cluster, namespaceName)] : [...new Set(picked.map(({ proxy }) => proxy))];
}

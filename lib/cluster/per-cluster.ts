import type { Cluster } from './cluster';

/** What follows from a cluster, computed when somebody first asks and kept as long as the cluster is. */
export function perCluster<T>(compute: (cluster: Cluster) => T): (cluster: Cluster) => T {
  const known = new WeakMap<Cluster, { readonly value: T }>();
  return (cluster) => {
    const kept = known.get(cluster);
    if (kept) return kept.value;
    const value = compute(cluster);
    known.set(cluster, { value });
    return value;
  };
}

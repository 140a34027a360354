import type { Cluster } from '../../lib/cluster/cluster';
import type { Request } from '../../lib/verdict/requests/request';
import { split } from '../../lib/verdict/split';

/** The share of each workload in percent, by whatever way it comes there. */
export function weights(cluster: Cluster, request: Request): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { workload, host, weight } of split(cluster, request).shares) {
    const key = workload ?? host;
    sums.set(key, Math.round(((sums.get(key) ?? 0) + weight) * 100) / 100);
  }
  return Object.fromEntries(sums);
}

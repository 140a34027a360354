import type { Cluster } from '../../../cluster/cluster';
import { isEmpty, type Labels } from '../../../cluster/objects/fields';
import { hasLabels } from '../../../cluster/objects/selectors';
import { perCluster } from '../../../cluster/per-cluster';
import type { DestinationRule } from '../../../cluster/routes/destination-rules';
import { destinationsOf, virtualServices } from '../../../cluster/routes/virtual-services';
import { podsBehind } from '../../../cluster/services/endpoints';
import { tryServiceOf } from '../../../cluster/services/registry';
import type { MeshService } from '../../../cluster/services/services';
import { HOSTNAME } from '../../../istio/labels';
import type { FieldPath } from '../../../model/declared';

export interface PodlessSubset {
  readonly name: string;
  readonly wanted: Labels;
  readonly service: MeshService;
  readonly field: FieldPath;
}

/** Subsets whose labels no pod of the Service has. */
export function podlessSubsets(cluster: Cluster, { object, host, subsets }: DestinationRule): PodlessSubset[] {
  const service = tryServiceOf(cluster, host);
  if (!service || isEmpty(service.selector)) return [];
  const pods = podsBehind(cluster, service);
  // Pods that come from elsewhere may have any label.
  if (pods.length === 0 && !service.object.made) return [];
  return subsets.flatMap(({ name, labels }, index): PodlessSubset[] => {
    const wanted = withoutTopology(labels);
    const isThere = pods.some((pod) => hasLabels(pod.labels, wanted));
    return isThere ? [] : [{ name, wanted, service, field: object.made ? [] : ['spec', 'subsets', index] }];
  });
}

// Istio adds these to endpoints by itself; they are on no pod.
function withoutTopology(labels: Labels): Labels {
  const entries = Object.entries(labels);
  const own = entries.filter(([key]) => !key.startsWith('topology.') && key !== HOSTNAME);
  return own.length === entries.length ? labels : Object.fromEntries(own);
}

const named = perCluster(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(virtualServices(cluster).flatMap((one) => destinationsOf(cluster, one).map(({ host, subset }) => `${host} ${subset}`))),
);

/** Whether some route sends requests to a subset. */
export function isNamed(cluster: Cluster, host: string, subset: string): boolean {
  return named(cluster).has(`${host} ${subset}`);
}

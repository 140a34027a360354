import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { groupOf, keyOf } from './manifest-object';

/** All objects by `group/Kind`, whatever the version, in the order in which they were given. */
export const objectsByKind = perCluster((cluster: Cluster): ReadonlyMap<string, readonly ManifestObject[]> =>
  groupedBy(cluster.objects, (object) => `${groupOf(object)}/${object.kind}`),
);

const sortedByKind = perCluster((_: Cluster) => new Map<string, readonly ManifestObject[]>());

/** Those of one kind by namespace and name, as Istio breaks ties between equals. */
export function objectsOf(cluster: Cluster, group: string, kind: string): readonly ManifestObject[] {
  const groupKind = `${group}/${kind}`;
  const sorted = sortedByKind(cluster);
  const known = sorted.get(groupKind) ?? sortedBy(objectsByKind(cluster).get(groupKind) ?? [], keyOf);
  sorted.set(groupKind, known);
  return known;
}

const byKey = perCluster(
  (cluster: Cluster): ReadonlyMap<string, ManifestObject> =>
    new Map(cluster.objects.map((object) => [`${groupOf(object)}/${object.kind} ${keyOf(object)}`, object])),
);

/** The object of a kind that is called `namespace/name`. */
export function tryObject(cluster: Cluster, group: string, kind: string, key: string): ManifestObject | undefined {
  return byKey(cluster).get(`${group}/${kind} ${key}`);
}

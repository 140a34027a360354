import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { groupKindOf, keyOf } from './manifest-object';

/** All objects by `group/Kind`, whatever the version, in the order in which they were given. */
export const objectsByKind = perCluster((cluster: Cluster): ReadonlyMap<string, readonly ManifestObject[]> =>
  groupedBy(cluster.objects, groupKindOf),
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

const keysByKind = perCluster((_: Cluster) => new Map<string, ReadonlyMap<string, ManifestObject>>());

/** The object of a kind that is called `namespace/name`. */
export function tryObject(cluster: Cluster, group: string, kind: string, key: string): ManifestObject | undefined {
  const groupKind = `${group}/${kind}`;
  const byKind = keysByKind(cluster);
  const known = byKind.get(groupKind) ?? new Map((objectsByKind(cluster).get(groupKind) ?? []).map((object) => [keyOf(object), object]));
  byKind.set(groupKind, known);
  return known.get(key);
}

import type { Construct } from 'constructs';
import type { MeshSettings } from '../../graph/mesh-settings';
import { MeshError } from '../../support/mesh-error';
import { requireDottedName } from '../../support/object-names';
import type { MeshCluster } from '../../values/mesh/mesh-cluster';

/** What a mesh says of its clusters. */
interface Said {
  readonly meshId?: string;
  readonly cluster?: MeshCluster;
  readonly otherClusters?: readonly MeshCluster[];
}

/** This cluster and the others, each once, all of them with a network or none. */
export function requireClusters(at: Construct, { meshId, cluster, otherClusters = [] }: Said): Partial<MeshSettings> {
  if (cluster === undefined) requireNoOthers(at, otherClusters);
  const all = [...(cluster ? [cluster] : []), ...otherClusters];
  requireEachOnce(at, all);
  requireNetworks(at, all);
  return {
    ...(meshId !== undefined && { meshId: requireDottedName(at, 'id of the mesh', meshId) }),
    ...(cluster && { cluster: cluster._facts }),
    ...(otherClusters.length > 0 && { otherClusters: otherClusters.map((other) => other._facts) }),
  };
}

function requireNoOthers(at: Construct, others: readonly MeshCluster[]): void {
  if (others.length === 0) return;
  throw new MeshError({
    code: 'MESH926',
    at,
    what: 'a mesh that names other clusters says which one this is',
    got: `otherClusters ${others.map(({ clusterName }) => clusterName).join(', ')} without cluster`,
    fix: "say cluster: MeshCluster.of('east') beside otherClusters, with the name that its istiod has",
  });
}

function requireEachOnce(at: Construct, all: readonly MeshCluster[]): void {
  const names = all.map(({ clusterName }) => clusterName);
  const again = names.find((name, index) => names.indexOf(name) !== index);
  if (again === undefined) return;
  throw new MeshError({
    code: 'MESH927',
    at,
    what: 'each cluster of a mesh has a name of its own',
    got: `${again} twice`,
    fix: 'leave this cluster out of otherClusters, and name each of the others once',
  });
}

function requireNetworks(at: Construct, all: readonly MeshCluster[]): void {
  const without = all.filter(({ network }) => network === undefined);
  if (without.length === 0 || without.length === all.length) return;
  throw new MeshError({
    code: 'MESH928',
    at,
    what: 'all clusters of a mesh name their network, or none does',
    got: `${without.map(({ clusterName }) => clusterName).join(', ')} without network`,
    fix: 'give it the same network as those whose pods it reaches without a gateway, and one of its own otherwise',
  });
}

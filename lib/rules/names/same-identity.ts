import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { nameOf } from '../../cluster/objects/manifest-object';
import { objectsByKind } from '../../cluster/objects/objects-by-kind';
import { clusterOf } from '../cluster-of';
import { byOwner } from '../owners';
import { NAME } from '../comparison';
import { type Report, rule } from '../rule';

export const sameIdentity = rule({
  code: 'MESH111',
  level: 'error',
  title: 'two objects with the same kind, namespace and name',
  compares: [{ fields: NAME }],

  check(model, report) {
    const groups = [...objectsByKind(clusterOf(model)).values()].flatMap((objects) => [...groupedBy(objects, identityOf).values()]);
    for (const group of groups) if (group.length > 1) reportAll(byOwner(group), report);
  },
});

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
// What comes with a workload, from Helm as from a MeshedService.
const COMPANIONS = ['Service', 'ServiceAccount', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'];

function reportAll([first, ...others]: readonly ManifestObject[], report: Report): void {
  if (first.name === '') return;
  for (const other of others) {
    report({
      on: other,
      message: `${nameOf(other)} is declared at ${first.path} and at ${other.path}; the cluster keeps only the one that is applied last`,
      got: first.made ? 'the first is made by this library' : 'neither is made by this library',
      fix: first.made ? cureBeside(other) : 'remove or rename one of them',
    });
  }
}

/** What may be adopted is adopted; what a construct makes itself, with what the mesh needs in it, is left out where it came from. */
function cureBeside({ kind }: ManifestObject): string {
  if (WORKLOADS.includes(kind)) return 'pass this one to MeshedService.fromWorkload, which meshes it as it is, or rename it';
  if (kind === 'Namespace') return 'leave this one out, or say MeshNamespace.fromName instead of declaring the namespace';
  if (!COMPANIONS.includes(kind)) return 'rename this one, or change the other through the props of its construct';
  return 'leave this one out, by a value of its Helm chart or by node.tryRemoveChild, for the construct makes one that fits; its workload may stay: MeshedService.fromWorkload';
}

function identityOf({ namespaceName, name }: ManifestObject): string {
  return `${namespaceName ?? ''}/${name}`;
}

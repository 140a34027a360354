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

function reportAll([first, ...others]: readonly ManifestObject[], report: Report): void {
  if (first.name === '') return;
  for (const other of others) {
    report({
      on: other,
      message: `${nameOf(other)} is declared at ${first.path} and at ${other.path}; the cluster keeps only the one that is applied last`,
      got: first.made ? 'the first is made by this library' : 'neither is made by this library',
      fix: first.made ? 'rename this one, or change the other through the props of its construct' : 'remove or rename one of them',
    });
  }
}

function identityOf({ namespaceName, name }: ManifestObject): string {
  return `${namespaceName ?? ''}/${name}`;
}

import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../grouping';
import { byOwner, groupOf, nameOf } from '../manifest-reader';
import { rule } from '../rule';

export const sameIdentity = rule({
  code: 'MESH111',
  level: 'error',
  title: 'two objects are one to the cluster',

  check(model, report) {
    const named = model.objects.filter(({ name }) => name !== '');
    for (const group of groupedBy(named, identityOf).values()) {
      if (group.length === 1) continue;
      const [first, ...others] = byOwner(group);
      for (const other of others) {
        report({
          on: other,
          message: `${nameOf(other)} is declared at ${first.path} and at ${other.path}; the cluster keeps what is applied last`,
          got: first.made ? 'the first is made by this library' : 'two objects that stand beside',
          fix: first.made ? 'rename this one, or change what the construct makes through its own props' : 'drop or rename one of them',
        });
      }
    }
  },
});

// Versions of one group show the same object.
function identityOf(object: ManifestObject): string {
  return [groupOf(object), object.kind, object.namespaceName ?? '', object.name].join('|');
}

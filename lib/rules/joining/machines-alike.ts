import { NETWORKING } from '../../istio/api-groups';
import { type Labels, labelsOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { groupedBy } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { byOwner } from '../owners';
import { rule } from '../rule';

export const machinesAlike = rule({
  code: 'MESH159',
  level: 'warning',
  title: 'two WorkloadGroups whose machines nothing tells apart',
  compares: [{ kinds: [`${NETWORKING}/WorkloadGroup`], fields: ['spec metadata labels'], pairs: true }],

  check(model, report) {
    const groups = objectsOf(clusterOf(model), NETWORKING, 'WorkloadGroup');
    const alike = groupedBy(
      groups,
      (object) => `${namespaceOf(object)} ${labelText(labelsOf(valueAt(specOf(object), 'metadata', 'labels')))}`,
    );
    for (const [, same] of alike) {
      const [first, ...others] = byOwner(same);
      for (const object of others.filter(({ made }) => !made)) {
        report({
          on: object,
          field: ['spec', 'metadata', 'labels'],
          message: `${nameOf(object)} and ${nameOf(first)} give their machines the same labels: each selector picks both`,
          got: labelText(labelsOf(valueAt(specOf(object), 'metadata', 'labels'))) || 'no labels',
          fix: 'give the machines of one of them a label of their own, or merge the groups',
        });
      }
    }
  },
});

function labelText(labels: Labels): string {
  return Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`)
    .join(', ');
}

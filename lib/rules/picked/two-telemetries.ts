import { TELEMETRY } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { isEmpty } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { SelectorIndex } from '../../cluster/objects/selector-index';
import { type Attached, readAttached } from '../../cluster/policies/attachments';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { groupedBy } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { POD_LABELS, WORKLOADS } from '../comparison';
import { byOwner } from '../owners';
import { rule } from '../rule';

export const twoTelemetries = rule({
  code: 'MESH156',
  level: 'error',
  title: 'two Telemetries for the same pods',
  compares: [
    { kinds: [`${TELEMETRY}/Telemetry`], fields: ['spec selector matchLabels'], pairs: true },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const all = objectsOf(cluster, TELEMETRY, 'Telemetry').map(readAttached);
    const byLabels = all.filter(({ targets }) => targets.length === 0);
    const rivals = new Map<ManifestObject, Rival>();
    for (const [name, same] of groupedBy(
      byLabels.filter(({ selector }) => isEmpty(selector)),
      ({ namespaceName }) => namespaceName,
    )) {
      addRivals(rivals, same, `all of namespace ${name}`);
    }
    const picking = new SelectorIndex(byLabels.filter(({ selector }) => !isEmpty(selector)));
    for (const { key, namespaceName, labels } of workloadsOf(cluster)) {
      addRivals(rivals, picking.picking(namespaceName, labels), `the pods of ${key}`);
    }
    for (const [object, { first, place }] of rivals) {
      report({
        on: object,
        message: `${nameOf(object)} and ${nameOf(first)} are both for ${place}: each proxy follows only one of them, the older`,
        got: `${first.path} and ${object.path}`,
        fix: 'merge them into one Telemetry',
      });
    }
  },
});

interface Rival {
  readonly first: ManifestObject;
  readonly place: string;
}

function addRivals(rivals: Map<ManifestObject, Rival>, same: readonly Attached[], place: string): void {
  const [first, ...others] = byOwner(same.map(({ object }) => object));
  for (const object of others) if (!object.made && !rivals.has(object)) rivals.set(object, { first, place });
}

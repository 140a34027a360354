import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { isEmpty } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import { SelectorIndex } from '../../cluster/objects/selector-index';
import { type SidecarScope, sidecarScopes } from '../../cluster/policies/sidecar-scopes';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { groupedBy } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { POD_LABELS, WORKLOADS } from '../comparison';
import { byOwner, isRaw } from '../owners';
import { isAmbient, planeOf } from '../planes';
import { rule } from '../rule';

export const twoScopes = rule({
  code: 'MESH316',
  level: 'error',
  title: 'two Sidecars for the same pods',
  compares: [
    { kinds: [`${NETWORKING}/Sidecar`], fields: ['spec workloadSelector'], pairs: true },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const scopes = sidecarScopes(cluster);
    if (!scopes.some(isRaw)) return;
    const [whole, picking] = [scopes.filter(({ selector }) => isEmpty(selector)), scopes.filter(({ selector }) => !isEmpty(selector))];
    const index = new SelectorIndex(picking);
    const all = workloadsOf(cluster);
    const pods = all.filter(({ proxy }) => proxy.routesForPods);
    const readers = new Set(pods.map(({ namespaceName }) => namespaceName));
    const shown = new Set(all.map(({ namespaceName }) => namespaceName));
    const rivals = new Map<ManifestObject, Rival>();
    for (const { key, namespaceName, labels } of pods) addRivals(rivals, index.picking(namespaceName, labels), `the pods of ${key}`);
    for (const [name, same] of groupedBy(whole, ({ namespaceName }) => namespaceName)) {
      // Pods that stand elsewhere are taken to have sidecars, but in a namespace of the other plane.
      const areElsewhere = !shown.has(name) && !isAmbient(planeOf(proxyInNamespace(cluster, name)));
      if (areElsewhere || readers.has(name)) addRivals(rivals, same, `namespace ${name}`);
    }
    for (const [object, { first, place }] of rivals) {
      report({
        on: object,
        message: `${nameOf(object)} and ${nameOf(first)} are both for ${place}: each proxy follows only one of them, the older`,
        got: `${first.path} and ${object.path}`,
        fix: first.made ? 'remove this one: calls say which hosts a workload of a ZeroTrustNamespace knows' : 'merge them into one Sidecar',
      });
    }
  },
});

interface Rival {
  readonly first: ManifestObject;
  readonly place: string;
}

function addRivals(rivals: Map<ManifestObject, Rival>, same: readonly SidecarScope[], place: string): void {
  const [first, ...others] = byOwner(same.map(({ object }) => object));
  for (const object of others) if (!object.made && !rivals.has(object)) rivals.set(object, { first, place });
}

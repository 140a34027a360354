import type { Labels } from '../../cluster/objects/fields';
import { labelsOfObject, nameOf } from '../../cluster/objects/manifest-object';
import { NAMESPACE_NAME } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import { isDeferred } from '../../support/deferred';
import { rule } from '../rule';

export const undiscoveredNamespace = rule({
  code: 'MESH603',
  level: 'error',
  title: 'namespace of the mesh that istiod does not look at',

  check({ discoverySelectors = [], namespaces, rootNamespace, objects }, report) {
    if (discoverySelectors.length === 0) return;
    const joined = new Set([rootNamespace, ...namespaces.filter(({ enrolled }) => enrolled).map(({ name }) => name)]);
    for (const object of objects.filter(({ kind, name, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1' && joined.has(name))) {
      if (discoverySelectors.some((selector) => isChosen(object, selector))) continue;
      report({
        on: object,
        field: ['metadata', 'labels'],
        message: `${nameOf(object)} has none of the labels by which istiod finds namespaces: it reads no Service and no policy there, so that nothing closes it`,
        got: Object.keys(labelsOfObject(object)).sort().join(', ') || 'no labels',
        fix: `give it the labels ${discoverySelectors.map(worded).join(', or ')}, or leave discoverySelectors of the IstioInstallation out`,
      });
    }
  },
});

function isChosen(object: ManifestObject, selector: Readonly<Record<string, string>>): boolean {
  const labels: Labels = { ...labelsOfObject(object), [NAMESPACE_NAME]: object.name };
  // A value that is known only later may be the one.
  return Object.entries(selector).every(([key, value]) => labels[key] === value || isDeferred(labels[key]));
}

function worded(selector: Readonly<Record<string, string>>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}: ${value}`)
    .join(' and ');
}

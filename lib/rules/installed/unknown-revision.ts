import { DEFAULT_REVISION } from '../../istio/defaults';
import { INJECTION, REVISION } from '../../istio/labels';
import type { Labels } from '../../cluster/objects/fields';
import { labelsOfObject, nameOf } from '../../cluster/objects/manifest-object';
import { podTemplates } from '../../cluster/workloads/pod-templates';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { isDeferred } from '../../support/deferred';
import { nearestOf } from '../../support/options/nearest';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const unknownRevision = rule({
  code: 'MESH661',
  level: 'error',
  title: 'label of a revision that the installation does not have',

  check(model, report) {
    const { revisions } = model;
    if (!revisions) return;
    for (const { object, revision } of labelled(model).filter(({ revision: word }) => !revisions.includes(word) && !isDeferred(word))) {
      const near = nearestOf(revision, revisions);
      const mended = revision === DEFAULT_REVISION ? `tags: ['default'] at one of the revisions` : `the revision or tag ${revision}`;
      report({
        on: object,
        message: `${nameOf(object)} is for the control plane ${revision}, which the installation does not have: no proxy comes`,
        got: `${revision}; the installation has ${revisions.join(', ')}`,
        fix: near === undefined ? `say ${mended}, or the label of one that is there` : `did you mean ${near}?`,
      });
    }
  },
});

interface Labelled {
  readonly object: ManifestObject;
  readonly revision: string;
}

function labelled(model: MeshModel): Labelled[] {
  const own = model.objects.filter(({ kind }) => kind === 'Namespace' || kind === 'Gateway');
  const all = [
    ...own.map((object) => ({ object, labels: labelsOfObject(object) })),
    ...podTemplates(clusterOf(model)).map(({ object, labels }) => ({ object, labels })),
  ];
  return all.flatMap(({ object, labels }) => revisionOf(labels).map((revision) => ({ object, revision })));
}

/** A label of a revision goes unread beside the one that injects by default. */
function revisionOf(labels: Labels): string[] {
  if (labels[INJECTION] === 'enabled') return [DEFAULT_REVISION];
  return labels[REVISION] === undefined || labels[INJECTION] !== undefined ? [] : [labels[REVISION]];
}

import type { FieldPath } from '../../../model/declared';
import type { ManifestObject, MeshModel } from '../../../model/mesh-model';
import { isSaid, labelsOf, valueAt } from '../../../cluster/objects/fields';
import { labelsOfObject, nameOf } from '../../../cluster/objects/manifest-object';
import { TEMPLATES } from './annotations-in';

/** One label on an object that no construct made, or on the pods that it makes. */
export interface WrittenLabel {
  readonly object: ManifestObject;
  /** `Deployment shop/cart`, or `the template of Deployment shop/cart`. */
  readonly title: string;
  /** Kind that has it: of a template, Pod. */
  readonly kind: string;
  /** Of an object that makes pods: whether they have a label of this name as well. */
  readonly inTemplate?: boolean;
  readonly name: string;
  readonly value: string;
  readonly field: FieldPath;
}

export function rawLabels({ objects }: MeshModel): WrittenLabel[] {
  return objects.filter(({ made }) => !made).flatMap((object) => [...ownLabels(object), ...podLabels(object)]);
}

function ownLabels(object: ManifestObject): WrittenLabel[] {
  const template = TEMPLATES.find((keys) => isSaid(valueAt(object.manifest, ...keys, 'spec', 'containers')));
  const ofPods = template && labelsOf(valueAt(object.manifest, ...template, 'metadata', 'labels'));
  return Object.entries(labelsOfObject(object)).map(([name, value]) => ({
    object,
    title: nameOf(object),
    kind: object.kind,
    inTemplate: ofPods && name in ofPods,
    name,
    value,
    field: ['metadata', 'labels', name],
  }));
}

function podLabels(object: ManifestObject): WrittenLabel[] {
  return TEMPLATES.flatMap((keys) =>
    Object.entries(labelsOf(valueAt(object.manifest, ...keys, 'metadata', 'labels'))).map(([name, value]) => ({
      object,
      title: `the template of ${nameOf(object)}`,
      kind: 'Pod',
      name,
      value,
      field: [...keys, 'metadata', 'labels', name],
    })),
  );
}

import { isOfIstio } from '../../../istio/annotations';
import type { FieldPath } from '../../../model/declared';
import type { ManifestObject, MeshModel } from '../../../model/mesh-model';
import { fieldsOf, labelsOf, valueAt } from '../../../cluster/objects/fields';
import { annotationsOfObject, labelsOfObject, nameOf } from '../../../cluster/objects/manifest-object';

/** One annotation of Istio's on an object, or on the pods that it makes. */
export interface WrittenAnnotation {
  readonly object: ManifestObject;
  /** `Deployment shop/cart`, or `the pods of Deployment shop/cart`. */
  readonly title: string;
  /** Kind that has it: of a template, Pod. */
  readonly kind: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly name: string;
  readonly value: string;
  readonly field: FieldPath;
}

/** Where what makes pods has them. */
export const TEMPLATES: readonly (readonly string[])[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

/** Those of objects that no construct of this library made. */
export function rawAnnotations({ objects }: MeshModel): WrittenAnnotation[] {
  return objects.filter(({ made }) => !made).flatMap((object) => [...ownAnnotations(object), ...podAnnotations(object)]);
}

function ownAnnotations(object: ManifestObject): WrittenAnnotation[] {
  const { kind } = object;
  const base = { object, title: nameOf(object), kind, labels: labelsOfObject(object) };
  return Object.entries(annotationsOfObject(object))
    .filter(([name]) => isOfIstio(name))
    .map(([name, value]) => ({ ...base, name, value, field: ['metadata', 'annotations', name] }));
}

function podAnnotations(object: ManifestObject): WrittenAnnotation[] {
  return TEMPLATES.flatMap((keys) => {
    const { labels, annotations } = fieldsOf(valueAt(object.manifest, ...keys, 'metadata'));
    const base = { object, title: `the template of ${nameOf(object)}`, kind: 'Pod', labels: labelsOf(labels) };
    return Object.entries(labelsOf(annotations))
      .filter(([name]) => isOfIstio(name))
      .map(([name, value]) => ({ ...base, name, value, field: [...keys, 'metadata', 'annotations', name] }));
  });
}

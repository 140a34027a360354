import type { ManifestObject } from '../../model/mesh-model';
import type { FieldPath, Position } from '../../model/declared';
import type { Cure, MeshEdit } from '../../model/finding';
import { fieldsOf, textOf, valueAt } from './fields';
import { nameOf } from './manifest-object';

/** What is known of a parsed manifest beside its content. */
export interface Origin {
  /** How findings name the place of an object; its kind, namespace and name where nothing else is said. */
  path?(object: Omit<ManifestObject, 'path'>): string;
  /** Where the value at these keys stands in its text. */
  position?(keys: FieldPath): Position | undefined;
  /** How findings name the place of a field. */
  pathOf?(keys: FieldPath): string;
  /** What a cure does to the text. */
  editFor?(cure: Cure): MeshEdit | undefined;
}

/** The objects of one parsed manifest: itself, the items of a list such as kubectl writes, or none where it is no object of Kubernetes. */
export function objectsIn(manifest: unknown, origin: Origin = {}): ManifestObject[] {
  return objectsAt(manifest, origin, []);
}

function objectsAt(value: unknown, origin: Origin, keys: FieldPath): ManifestObject[] {
  const manifest = fieldsOf(value);
  const { apiVersion, kind, items } = manifest;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  if (kind.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((item, index) => objectsAt(item, origin, [...keys, 'items', index]));
  }
  const name = textOf(valueAt(manifest, 'metadata', 'name')) ?? '';
  const namespaceName = textOf(valueAt(manifest, 'metadata', 'namespace'));
  const position = origin.position?.(keys);
  const object = { apiVersion, kind, name, namespaceName, made: false, position, manifest };
  return [{ ...object, path: origin.path?.(object) ?? nameOf(object), ...fieldsWithin(origin, keys) }];
}

/** What is known of the fields of the object at these keys. */
function fieldsWithin({ pathOf, editFor }: Origin, keys: FieldPath): Pick<ManifestObject, 'pathOf' | 'editFor'> {
  return {
    ...(pathOf && { pathOf: (field: FieldPath) => pathOf([...keys, ...field]) }),
    ...(editFor && { editFor: (cure: Cure) => editFor({ ...cure, field: [...keys, ...cure.field] }) }),
  };
}

import type { FieldPath } from '../../../model/declared';
import type { Cure } from '../../../model/finding';
import type { ManifestObject } from '../../../model/mesh-model';
import { fieldsOf } from '../../../cluster/objects/fields';

interface Text {
  readonly value: string;
  readonly field: FieldPath;
}

/** What makes other texts of those of an object, wherever `meant` knows one. */
export function curesOfTexts({ manifest }: ManifestObject, meant: (value: string, field: FieldPath) => string | undefined): Cure[] {
  return textsIn(manifest, []).flatMap(({ value, field }) => {
    const to = meant(value, field);
    return to === undefined || to === value ? [] : [{ field, kind: 'set', was: value, to }];
  });
}

function textsIn(value: unknown, field: FieldPath): Text[] {
  if (typeof value === 'string') return [{ value, field }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...field, index]));
  return Object.entries(fieldsOf(value)).flatMap(([key, inner]) => textsIn(inner, [...field, key]));
}

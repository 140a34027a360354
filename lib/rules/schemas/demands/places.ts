import { type Fields, fieldsOf, isSaid } from '../../../cluster/objects/fields';
import type { FieldPath } from '../../../model/declared';
import { holdsDeferred, isAnyMade } from '../../../support/deferred';

/** A value of a manifest, and all that it stands in, the innermost first. */
export interface Place {
  readonly value: unknown;
  readonly field: FieldPath;
  readonly around: readonly Fields[];
}

/** Whatever is said at a path of keys; what holds a value that is known only later is passed over. */
export function placesAt(manifest: Fields, at: string): Place[] {
  const keys = at.split('.');
  const found = keys.reduce<Place[]>(
    (places, key) => places.flatMap((place) => inside(place, key)),
    [{ value: manifest, field: [], around: [] }],
  );
  return found.filter(({ value }) => !isAnyMade() || !holdsDeferred(value));
}

function inside({ value, field, around }: Place, word: string): Place[] {
  const [, key, each] = /^(.*?)(\[\]|\{\})?$/.exec(word)!;
  const fields = fieldsOf(value);
  const inner: Place = { value: fields[key], field: [...field, key], around: [fields, ...around] };
  if (!isSaid(inner.value)) return [];
  if (each === '[]') return Array.isArray(inner.value) ? inner.value.map((item, index) => within(inner, index, item)).filter(isThere) : [];
  return each === '{}' ? Object.entries(fieldsOf(inner.value)).map(([name, item]) => within(inner, name, item)) : [inner];
}

function within({ field, around }: Place, key: string | number, value: unknown): Place {
  return { value, field: [...field, key], around };
}

function isThere({ value }: Place): boolean {
  return isSaid(value);
}

/** A field as people name it. */
export function fieldText(field: FieldPath): string {
  return field.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');
}

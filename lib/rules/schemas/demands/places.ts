import { type Fields, fieldsOf, isSaid } from '../../../cluster/objects/fields';
import type { FieldPath } from '../../../model/declared';

/** A value of a manifest, and all that it stands in, the innermost first. */
export interface Place {
  readonly value: unknown;
  readonly field: FieldPath;
  readonly around: readonly Fields[];
}

/** One key of a way to a field: of a list it leads to each item, of a map to each value. */
export interface Step {
  readonly key: string;
  readonly to: 'value' | 'items' | 'values';
}

/** A step as it is written: `[]` after the key means each item, `{}` each value. */
export function stepOf(word: string): Step {
  const key = word.slice(0, -2);
  if (word.endsWith('[]')) return { key, to: 'items' };
  return word.endsWith('{}') ? { key, to: 'values' } : { key: word, to: 'value' };
}

/** Whatever is said one step further. */
export function placesAfter({ value, field, around }: Place, { key, to }: Step): Place[] {
  const fields = fieldsOf(value);
  const inner = fields[key];
  if (!isSaid(inner)) return [];
  const place: Place = { value: inner, field: [...field, key], around: [fields, ...around] };
  if (to === 'items') return Array.isArray(inner) ? inner.map((item, index) => within(place, index, item)).filter(isThere) : [];
  return to === 'values' ? Object.entries(fieldsOf(inner)).map(([name, item]) => within(place, name, item)) : [place];
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

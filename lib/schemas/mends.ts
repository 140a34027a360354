import { certainlyMeant } from '../support/options/nearest';
import type { Mend, Schema, SchemaType } from './schema';

/** What makes a value one of another type, where it says the same in it. */
export function mendOfType(value: unknown, type: SchemaType): Mend | undefined {
  if (type === 'string') return typeof value === 'number' || typeof value === 'boolean' ? { kind: 'quote', was: value } : undefined;
  if (typeof value !== 'string') return undefined;
  if (type === 'boolean') return value === 'true' || value === 'false' ? { kind: 'set', was: value, to: value === 'true' } : undefined;
  return type === 'integer' && /^(0|[1-9]\d{0,8})$/.test(value) ? { kind: 'set', was: value, to: Number(value) } : undefined;
}

/** The word of a schema that was meant, if but one can have been. */
export function mendOfWord(value: unknown, { enum: words = [] }: Schema): Mend | undefined {
  if (typeof value !== 'string' || words.includes(value)) return undefined;
  const meant = certainlyMeant(value, words.map(String));
  return meant === undefined ? undefined : { kind: 'set', was: value, to: meant };
}

/** The field of a schema that was meant, if but one can have been, and it takes such a value. */
export function mendOfKey(key: string, properties: NonNullable<Schema['properties']>, fits: (inner: Schema) => boolean): Mend | undefined {
  const meant = certainlyMeant(key, Object.keys(properties));
  return meant !== undefined && fits(properties[meant]) ? { kind: 'rename', was: key, to: meant } : undefined;
}

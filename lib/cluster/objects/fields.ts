/** Some object of a manifest, of which nothing is known yet: what a manifest holds may be anything. */
export type Fields = Readonly<Record<string, unknown>>;

export type Labels = Readonly<Record<string, string>>;

export const NO_FIELDS: Fields = Object.freeze({});

/** The value as an object; an empty one when it is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS;
}

/** The value as a list of objects; an empty one when it is something else. */
export function listOf(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) return [];
  for (const item of value) if (fieldsOf(item) !== item) return Array.from(value, fieldsOf);
  return value as readonly Fields[];
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Whether anything is written at all; null is Kubernetes' word for nothing. */
export function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A number or a name, as ports are written. */
export function numberOrTextOf(value: unknown): number | string | undefined {
  return numberOf(value) ?? textOf(value);
}

/** What a path of keys leads to, if anything. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) at = fieldsOf(at)[key];
  return at;
}

/** Those entries of the value whose values are text. */
export function labelsOf(value: unknown): Labels {
  const fields = fieldsOf(value);
  const odd = Object.values(fields).some((each) => typeof each !== 'string');
  return odd ? Object.fromEntries(Object.entries(fields).filter(isTextEntry)) : (fields as Labels);
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

export function isEmpty(labels: Labels): boolean {
  return Object.keys(labels).length === 0;
}

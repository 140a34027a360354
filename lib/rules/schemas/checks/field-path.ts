import type { FieldPath } from '../../../model/declared';

const UNKNOWN = /^has no field (\S+)$/;

/** The keys that a fault of a schema names in its words, `spec.http[0].route`; keys may have dots themselves, so the manifest is asked. */
export function fieldPathOf(manifest: unknown, field: string, what: string): FieldPath {
  const path: (string | number)[] = [];
  let [at, rest] = [manifest, field];
  while (rest !== '') {
    const key = keyIn(at, rest);
    if (key === undefined) return path;
    path.push(key);
    at = (at as Readonly<Record<string | number, unknown>>)[key];
    rest = rest.slice(typeof key === 'number' ? `[${key}]`.length : key.length).replace(/^\./, '');
  }
  const [, unknown] = UNKNOWN.exec(what) ?? [];
  return unknown === undefined ? path : [...path, unknown];
}

function keyIn(value: unknown, rest: string): string | number | undefined {
  const [, index] = /^\[(\d+)\]/.exec(rest) ?? [];
  if (index !== undefined) return Number(index);
  if (typeof value !== 'object' || value === null) return undefined;
  const keys = Object.keys(value).filter((key) => rest === key || rest.startsWith(`${key}.`) || rest.startsWith(`${key}[`));
  return keys.sort((a, b) => b.length - a.length).at(0);
}

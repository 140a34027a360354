import { readable } from '../deferred';
import { kindOf } from '../marker';

const MOST_LETTERS = 120;

/** A value as people write it: texts in quotes, objects of a class by its name, all others as far as a line takes them. */
export function described(value: unknown): string {
  const text = inside(value, 2);
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS)} …`;
}

/** A text in quotes, where another value was wanted; all else as it is. */
export function quoted(value: unknown): unknown {
  return typeof value === 'string' ? described(value) : value;
}

function inside(value: unknown, depth: number): string {
  if (typeof value === 'string') return `'${readable(value)}'`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return readable(String(value));
  const name = Array.isArray(value) ? undefined : nameOf(value);
  if (name !== undefined) return `${article(name)} ${name}`;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => inside(item, depth - 1)).join(', ')}]`;
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${inside(each, depth - 1)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}

/** Class of what is no plain data. */
function nameOf(value: object): string | undefined {
  const kind = kindOf(value);
  const { constructor } = value;
  return kind ?? (typeof constructor !== 'function' || constructor.name === 'Object' ? undefined : constructor.name);
}

export function article(word: string): string {
  return /^([aeiou]|Http)/i.test(word) ? 'an' : 'a';
}

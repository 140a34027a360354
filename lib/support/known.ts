import type { IConstruct } from 'constructs';
import { isDeferred, LATER } from './deferred';
import { MeshError } from './mesh-error';

/**
 * Refuses what is known only later, wherever it stands in these options; `passedOn` names those on which nothing here depends. What is no plain
 * data, such as a MeshPort, was asked where it was made.
 */
export function requireKnown(at: IConstruct | string, options: object, passedOn: readonly string[] = []): void {
  const unknown = [...unknownIn(options, '')].find((path) => !passedOn.some((option) => path === option || path.startsWith(`${option}.`)));
  if (unknown === undefined) return;
  throw new MeshError({
    code: 'MESH037',
    at,
    what: `${unknown} decides which objects there are, what they are called, or who reaches whom`,
    got: LATER,
    fix: 'give a value that is known when the program runs',
  });
}

function* unknownIn(value: unknown, path: string): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* unknownIn(item, path);
  else if (!isPlain(value)) yield* isDeferred(value) ? [path] : [];
  else for (const [key, each] of Object.entries(value)) yield* unknownEntry(key, each, path);
}

function* unknownEntry(key: string, value: unknown, path: string): Generator<string> {
  if (isDeferred(key)) yield `a key of ${path}`;
  else yield* unknownIn(value, path === '' ? key : `${path}.${key}`);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

import { type PathTrick, pathTricks } from './path-tricks';
import { pathLike } from './sample-lines';

/**
 * A path that something closes, or asks a question about, and what a request for a path comes to. Another way of writing the path that passes is a
 * loophole: some servers take both for the same.
 */
export interface ClosedPath {
  /** As a policy has it: a path, or a pattern. */
  readonly path: string;
  /** Whether a request for a path gets where the closed one would, unrefused and unasked. */
  passes(path: string): boolean;
  /** Ways of writing that are tried besides. */
  readonly more?: readonly PathTrick[];
}

/** None where the path itself passes, for then nothing closes it. */
export function loopholesOf({ path, passes, more = [] }: ClosedPath): PathTrick[] {
  return passes(pathLike(path)) ? [] : [...pathTricks(path), ...more].filter((trick) => passes(trick.path));
}

/** Those of several closed paths, each once. */
export function loopholesIn(closed: readonly ClosedPath[]): PathTrick[] {
  return [...new Map(closed.flatMap(loopholesOf).map((trick) => [trick.path, trick])).values()];
}

/** `slashes: //admin, parameters: /x/%2e%2e;/admin`. */
export function loopholesText(open: readonly PathTrick[]): string {
  return open.map(({ name, path }) => `${name}: ${path}`).join(', ');
}

const NORMALIZATIONS: Readonly<Record<string, string>> = {
  'letters written as %XX': 'BASE',
  dots: 'BASE',
  'slashes written as %2F': 'DECODE_AND_MERGE_SLASHES',
};

/** What closes some of them without a change of what is closed, and when they may be left. */
export function loopholesFix(open: readonly PathTrick[]): string {
  const wanted = open.flatMap(({ name }) => NORMALIZATIONS[name] ?? []).at(-1);
  const order =
    wanted === undefined
      ? ''
      : `have the mesh put paths in order, and say so with Mesh({ pathNormalization: PathNormalization.${wanted} }); `;
  return `${order}where the server takes none of these for the same path, acknowledge this`;
}

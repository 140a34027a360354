import type { PathNormalizationName } from '../../model/mesh-model';
import { canonical } from '../../support/ordering';

// What many servers take for a slash, and what begins the parameters of a part, written as they may arrive.
const SLASHES = ['%2F', '%2f', '%5C', '%5c'];
const PARAMETERS = [';', '%3B', '%3b'];

/**
 * The paths of a refusal, in all forms of which servers make the same: what lies below, parameters, slashes that were not merged or not decoded. What no
 * pattern covers, such as letters of another case, a rule tells.
 */
export function refusedPaths(paths: readonly string[], normalization: PathNormalizationName): string[] {
  return canonical(paths.flatMap((path) => (path === '*' ? [path] : [...formsOf(path, normalization), ...waysInto(path, normalization)])));
}

/** The path and all that is below it. */
function formsOf(path: string, normalization: PathNormalizationName): string[] {
  if (path.startsWith('*')) return [path, `${path.replace(/\/$/, '')}/`];
  if (path.endsWith('*') && !path.endsWith('/*')) return [path];
  const whole = path.replace(/\/\*?$/, '');
  if (whole === '') return [path];
  const below = ['/', ...PARAMETERS, ...encoded(normalization)].map((mark) => `${whole}${mark}*`);
  return path.endsWith('*') ? below : [whole, ...below];
}

/** A part that stands between those of the path and is none: nothing that is meant is written so. */
function waysInto(path: string, normalization: PathNormalizationName): string[] {
  if (path.startsWith('*')) return [];
  const parts = path
    .replace(/(?<=.)\/$/, '')
    .split('/')
    .slice(0, -1);
  const slashes = encoded(normalization);
  const empty = [...(merges(normalization) ? [] : ['/']), ';', ...slashes];
  return parts.flatMap((_, index) => {
    const before = parts.slice(0, index + 1).join('/');
    return [...empty.map((mark) => `${before}/${mark}*`), ...(before === '' ? [] : slashes.map((mark) => `${before}${mark}*`))];
  });
}

function merges(normalization: PathNormalizationName): boolean {
  return normalization === 'MERGE_SLASHES' || normalization === 'DECODE_AND_MERGE_SLASHES';
}

function encoded(normalization: PathNormalizationName): readonly string[] {
  return normalization === 'DECODE_AND_MERGE_SLASHES' ? [] : SLASHES;
}

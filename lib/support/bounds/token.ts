import { MeshError } from '../mesh-error';
import { requireLength } from './text-length';

// As the API server counts them.
const MOST_LETTERS = 256;

/** Name of a header, a cookie or a query parameter. */
export function requireToken(at: string, what: string, name: string): string {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return requireLength(at, `a ${what}`, name, MOST_LETTERS);
  throw new MeshError({
    code: 'MESH007',
    at,
    what: `a ${what} has no spaces or separators and is not empty`,
    got: name,
    fix: `give the ${what} alone`,
  });
}

import type { IConstruct } from 'constructs';
import { requireLength } from './bounds/text-length';
import { MeshError } from './mesh-error';

type Place = IConstruct | string;

// As a URL has it: what is no plain character is written as %XX.
const CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()+,;:@=]|%[0-9A-Fa-f]{2})*$/;
const MOST_LETTERS = 1024;

/** A prefix means whole parts of a path, with or without a slash at its end. */
export function requirePathPrefix(at: Place, prefix: string): string {
  return requireMatchedPath(at, prefix).replace(/\/+$/, '') || '/';
}

/** A path by which a route tells requests, as the API server takes it. */
export function requireMatchedPath(at: Place, path: string): string {
  requireRequestPath(at, path);
  if (!/%2f/i.test(path)) return requireLength(at, 'a path', path, MOST_LETTERS);
  throw new MeshError({
    code: 'MESH069',
    at,
    what: 'a route tells no requests apart by %2F, which one server takes for a slash and another one does not',
    got: path,
    fix: 'write the path up to it as a prefix, or slashes',
  });
}

/** A path as requests carry it. */
export function requireRequestPath(at: Place, path: string): string {
  if (path.startsWith('/') && isPlainPath(path)) return path;
  throw new MeshError({
    code: 'MESH006',
    at,
    what: "a path begins with '/' and has no wildcard, query, fragment, empty part, or character that a URL does not take",
    got: path,
    fix: 'write the plain path, for example /cart',
  });
}

/** Whether requests carry such a path, which a proxy has put in order before it compares. Of a part of a path, an end that is open may go on. */
export function isPlainPath(path: string, open: { readonly end?: boolean } = {}): boolean {
  const parts = path.split('/');
  const last = parts.length - 1;
  const isNone = (part: string, index: number): boolean =>
    index > 0 && ((part === '' && index < last) || (/^\.\.?$/.test(part) && !(open.end && index === last)));
  return CHARACTERS.test(path) && !parts.some(isNone);
}

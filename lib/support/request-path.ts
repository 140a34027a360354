import type { IConstruct } from 'constructs';
import { MeshError } from './mesh-error';

/** A prefix means whole parts of a path, with or without a slash at its end. */
export function requirePathPrefix(at: IConstruct | string, prefix: string): string {
  return requireRequestPath(at, prefix).replace(/\/+$/, '') || '/';
}

// As the API server takes it: no empty or relative parts, and what is no plain character written as %XX.
const PATH = /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*$/;

export function requireRequestPath(at: IConstruct | string, path: string): string {
  if (PATH.test(path) && !/\/\/|\/\.{1,2}(\/|$)|\*/.test(path)) return path;
  throw new MeshError({
    code: 'MESH006',
    at,
    what: "a path begins with '/' and has no wildcard, query, fragment, empty part, or character that a URL does not take",
    got: path,
    fix: 'write the plain path, for example /cart',
  });
}

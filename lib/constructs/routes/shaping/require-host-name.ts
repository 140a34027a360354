import type { IConstruct } from 'constructs';
import { isDeferred } from '../../../support/deferred';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';

const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const MOST_LETTERS = 253;

/** The name of one host as both APIs take it: HTTPRoute has no room for a port beside it. */
export function requireHostName(at: IConstruct, what: string, name: string): string {
  if (isDeferred(name) || (name.length <= MOST_LETTERS && new RegExp(`^${LABEL}(\\.${LABEL})*$`).test(name))) return name;
  return refuse(
    at,
    'MESH726',
    `the ${what} is the name of one host in small letters, without scheme, port and wildcard`,
    name,
    'write for example shop.example.com',
  );
}

function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}

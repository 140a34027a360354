import type { IConstruct } from 'constructs';
import { MeshError } from '../mesh-error';

const MOST_IN_NAME = 253;
const MOST_IN_LABEL = 63;

/** A name no longer than DNS takes it, as a whole and between its dots. */
export function requireDnsLength(at: IConstruct | string, what: string, name: string): string {
  return requireParts(at, what, name, MOST_IN_LABEL);
}

/** The name of an object whose parts may be of any length, such as that of a Secret. */
export function requireNameLength(at: IConstruct | string, what: string, name: string): string {
  return requireParts(at, what, name, MOST_IN_NAME);
}

function requireParts(at: IConstruct | string, what: string, name: string, most: number): string {
  if (name.length <= MOST_IN_NAME && name.split('.').every((label) => label.length <= most)) return name;
  throw new MeshError({
    code: 'MESH074',
    at,
    what: `a ${what} has at most ${MOST_IN_NAME} characters, and ${most} between two dots`,
    got: `${name} (${name.length} characters)`,
    fix: 'choose a shorter one',
  });
}

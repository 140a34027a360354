import type { IConstruct } from 'constructs';
import { MeshError } from '../mesh-error';

const VARIABLE = /^[ -<>-~]+$/;
const DATA_KEY = /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/;

/** Name of an environment variable, or what such names begin with. */
export function requireVariable(at: IConstruct | string, name: string): string {
  if (VARIABLE.test(name)) return name;
  throw new MeshError({
    code: 'MESH821',
    at,
    what: "the name of an environment variable, and a prefix of names, is made of plain characters other than '='",
    got: name,
    fix: 'write for example DB_PASSWORD',
  });
}

/** Key in a ConfigMap or in a Secret. */
export function requireDataKey(at: IConstruct | string, key: string): string {
  if (DATA_KEY.test(key)) return key;
  throw new MeshError({
    code: 'MESH822',
    at,
    what: "a key of a ConfigMap or a Secret is made of letters, digits, '-', '_' and '.', at most 253, and begins with one '.' at most",
    got: key,
    fix: 'write the key as the object has it, for example password',
  });
}

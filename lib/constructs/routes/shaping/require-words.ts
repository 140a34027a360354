import type { IConstruct } from 'constructs';
import { MeshError } from '../../../support/mesh-error';

/** Refuses options of which none says anything. */
export function requireWords(at: IConstruct, word: string, options: object): void {
  const said = Object.values(options).filter((value) => value !== undefined && !(isMany(value) && Object.keys(value).length === 0));
  if (said.length > 0) return;
  throw new MeshError({
    code: 'MESH722',
    at,
    what: `${word} says what is to be changed`,
    got: 'nothing',
    fix: `say what in ${word}, or leave it out`,
  });
}

function isMany(value: unknown): value is object {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

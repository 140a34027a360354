import type { IConstruct } from 'constructs';
import { isDeferred } from './deferred';
import { MeshError } from './mesh-error';

/** A whole number within bounds; Infinity as the upper bound means none. One that is known only later is taken as it is. */
export function requireCount(at: IConstruct | string, what: string, value: number, least: number, most = Infinity): number {
  if (isDeferred(value) || (Number.isInteger(value) && value >= least && value <= most)) return value;
  const bounds = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new MeshError({
    code: 'MESH015',
    at,
    what: `${what} is a whole number ${bounds}`,
    got: value,
    fix: 'give a whole number within these bounds',
  });
}

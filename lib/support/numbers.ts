import type { IConstruct } from 'constructs';
import { isDeferred } from './deferred';
import { MeshError } from './mesh-error';

/** What a field takes that holds 32 bits with a sign, as most of them do. */
const MOST_INT32 = 2 ** 31 - 1;

/** A whole number within bounds. One that is known only later is taken as it is. */
export function requireCount(at: IConstruct | string, what: string, value: number, least: number, most = MOST_INT32): number {
  if (isDeferred(value) || (Number.isInteger(value) && value >= least && value <= most)) return value;
  // A bound that nobody meets but by mistake is told to those who do.
  const bounds = most === MOST_INT32 && !(value > most) ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new MeshError({
    code: 'MESH015',
    at,
    what: `${what} is a whole number ${bounds}`,
    got: value,
    fix: 'give a whole number within these bounds',
  });
}

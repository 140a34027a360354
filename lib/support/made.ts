import { isMarked, mark } from './marker';

const MADE = Symbol.for('istio-constructs.Made');

/** Marks an object as one that this library made. */
export function markMade<T extends object>(target: T): T {
  mark(target, MADE);
  return target;
}

/** True for what this library made, false for what stands beside. */
export function isMade(target: object): boolean {
  return isMarked(target, MADE);
}

import { CallSite } from './call-site';

/** A type mark that survives two copies of this library in one program, where `instanceof` does not. */
export function mark(target: object, kind: symbol): void {
  Object.defineProperty(target, kind, { value: true });
}

export function isMarked(target: unknown, kind: symbol): boolean {
  return typeof target === 'object' && target !== null && kind in target;
}

const KIND = Symbol.for('istio-constructs.Kind');

/** Says which class of the library a construct or a value is. Back ends call a construct so: in Pulumi the name is part of its URN. */
export function markKind(target: object, className: string): void {
  // A class that extends another one comes after it, and has the last word.
  Object.defineProperty(target, KIND, { value: className, configurable: true });
}

/** The class of the library that something is of, whichever copy of the library made it. */
export function kindOf(target: unknown): string | undefined {
  return typeof target === 'object' && target !== null ? (target as { readonly [KIND]?: string })[KIND] : undefined;
}

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

const PATCHED = Symbol.for('istio-constructs.Patched');

/** Marks an object of ours to which a user has said something more, with the line where the first of it was said. */
export function markPatched(target: object): void {
  if (!isPatched(target)) Object.defineProperty(target, PATCHED, { value: CallSite.here() });
}

export function patchSiteOf(target: object): CallSite | undefined {
  return (target as { readonly [PATCHED]?: CallSite })[PATCHED];
}

export function isPatched(target: object): boolean {
  return isMarked(target, PATCHED);
}

const TRIED = Symbol.for('istio-constructs.TriedOut');

/** Marks a policy of ours that this library itself has only tried out, as long as that holds. */
export function markTriedOut<T extends object>(target: T, isTried: () => boolean): T {
  return Object.defineProperty(target, TRIED, { get: isTried });
}

export function isTriedOut(target: object): boolean {
  return (target as { readonly [TRIED]?: boolean })[TRIED] === true;
}

/** A type mark that survives two copies of this library in one program, where `instanceof` does not. */
export function mark(target: object, kind: symbol): void {
  Object.defineProperty(target, kind, { value: true });
}

export function isMarked(target: unknown, kind: symbol): boolean {
  return typeof target === 'object' && target !== null && kind in target;
}

/** What follows from an object that does not change, computed when somebody first asks and kept as long as the object is. */
export function perObject<Of extends object, T>(compute: (of: Of) => T): (of: Of) => T {
  const known = new WeakMap<Of, { readonly value: T }>();
  return (of) => {
    const kept = known.get(of);
    if (kept) return kept.value;
    const value = compute(of);
    known.set(of, { value });
    return value;
  };
}

/** What a function answers for each thing it is asked about, computed on the first question; things with one key are one. */
export function remembered<Thing, Value>(keyOf: (thing: Thing) => unknown, compute: (thing: Thing) => Value): (thing: Thing) => Value {
  const known = new Map<unknown, { readonly value: Value }>();
  return (thing) => {
    const key = keyOf(thing);
    const kept = known.get(key);
    if (kept) return kept.value;
    const value = compute(thing);
    known.set(key, { value });
    return value;
  };
}

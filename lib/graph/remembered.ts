/** What a function answers for each thing it is asked about, computed on the first question; things with one key are one. */
export function remembered<Thing, Value>(keyOf: (thing: Thing) => unknown, compute: (thing: Thing) => Value): (thing: Thing) => Value {
  const known = new Map<unknown, Value>();
  return (thing) => {
    const key = keyOf(thing);
    if (!known.has(key)) known.set(key, compute(thing));
    return known.get(key) as Value;
  };
}

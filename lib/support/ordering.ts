/** Order by code unit: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sortedBy<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  const all = [...items];
  if (all.length < 2) return all;
  return all
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}

/** Sorted by their JSON, each once: how lists are rendered whose order means nothing. */
export function canonical<T>(items: Iterable<T>): T[] {
  const byJson = new Map([...items].map((item) => [JSON.stringify(item), item]));
  return [...byJson.keys()].sort(compareText).map((json) => byJson.get(json)!);
}

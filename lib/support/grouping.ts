/** Items by key, in the order in which they came. */
export function groupedBy<T, Key = string>(items: Iterable<T>, key: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) addTo(groups, key(item), item);
  return groups;
}

export function addTo<T, Key = string>(groups: Map<Key, T[]>, key: Key, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

import { type Fields, fieldsOf, isSaid, type Labels, labelsOf, listOf, textOf, textsOf, valueAt } from '../../objects/fields';

/** What a route does to headers of the requests that it sends on; names in small letters. */
export interface HeaderChanges {
  readonly set: Labels;
  /** Behind what is there already. */
  readonly add: Labels;
  readonly remove: readonly string[];
}

/** Of a route of a VirtualService, or of one of its destinations. */
export function virtualChanges(headers: unknown): HeaderChanges | undefined {
  const said = valueAt(headers, 'request');
  if (!isSaid(said)) return undefined;
  const { set, add, remove } = fieldsOf(said);
  return { set: small(Object.entries(labelsOf(set))), add: small(Object.entries(labelsOf(add))), remove: textsOf(remove).map(lower) };
}

/** Of the filters of an HTTPRoute, or of one of its backends. */
export function filterChanges(filters: unknown): HeaderChanges | undefined {
  const said = listOf(filters).find(({ type }) => type === 'RequestHeaderModifier')?.requestHeaderModifier;
  if (!isSaid(said)) return undefined;
  const { set, add, remove } = fieldsOf(said);
  const named = (list: unknown) => small(listOf(list).map(({ name, value }: Fields) => [textOf(name) ?? '', textOf(value) ?? '']));
  return { set: named(set), add: named(add), remove: textsOf(remove).map(lower) };
}

/** Headers after all changes, in their order: each takes away first. */
export function changedBy(changes: ReadonlyArray<HeaderChanges | undefined>, headers: Labels): Labels {
  return changes.reduce<Labels>((before, change) => {
    if (!change) return before;
    const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !change.remove.includes(name)));
    const added = Object.entries(change.add).map(([name, value]): [string, string] => [
      name,
      name in kept ? `${kept[name]},${value}` : value,
    ]);
    return { ...kept, ...Object.fromEntries(added), ...change.set };
  }, headers);
}

function small(entries: ReadonlyArray<readonly [string, string]>): Labels {
  return Object.fromEntries(entries.map(([name, value]) => [lower(name), value]));
}

const lower = (text: string): string => text.toLowerCase();

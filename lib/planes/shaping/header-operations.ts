import type { HeaderFacts } from '../../model/route-features';
import { sortedBy } from '../../support/ordering';

type Fields = Readonly<Record<string, unknown>>;

/** Changes of headers, as VirtualService writes them. */
export function operations({ set, add, remove }: HeaderFacts): Fields {
  const unlessEmpty = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined =>
    Object.keys(values).length > 0 ? values : undefined;
  return { set: unlessEmpty(set), add: unlessEmpty(add), remove: remove.length > 0 ? remove : undefined };
}

/** The same, as HTTPRoute writes them. */
export function filterOperations({ set, add, remove }: HeaderFacts): Fields {
  return { set: named(set), add: named(add), remove: remove.length > 0 ? remove : undefined };
}

function named(values: Readonly<Record<string, string>>): ReadonlyArray<Record<'name' | 'value', string>> | undefined {
  const list = Object.entries(values).map(([name, value]) => ({ name, value }));
  return list.length > 0 ? sortedBy(list, ({ name }) => name) : undefined;
}

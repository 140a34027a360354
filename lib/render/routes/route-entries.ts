import type { Port } from '../../model/port';
import type { RouteRule, RouteTable, RouterName } from '../../model/route';
import { type Division, type Fields, routeFeatures, valueOf } from '../../planes/features';

/** One route with all that holds for it. */
export interface RouteEntry extends Pick<RouteRule, 'matches' | 'backends'> {
  readonly name?: string;
  /** Limits the route to these methods. */
  readonly methods?: readonly string[];
  /** What its features write into it. */
  readonly fields: Fields;
}

const WHOLE: Pick<RouteEntry, 'matches' | 'backends'> & { readonly name?: string } = { matches: [], backends: [] };

/** The routes of a table for requests to one port, in the order in which they are tried. A feature may make several of one, each for some methods. */
export function routeEntries(table: RouteTable, router: RouterName, port: Port): RouteEntry[] {
  const rules = table.rules.length > 0 ? table.rules : [WHOLE];
  return rules.flatMap((rule) =>
    sayings(table, rule, router).reduce<RouteEntry[]>(
      (entries, saying) => withSaying(entries, saying, port),
      [{ ...only(rule), fields: {} }],
    ),
  );
}

/** What the features of a table and of one of its rules write into a route; the rule's own word goes before the table's. */
export function featureFields(table: RouteTable, rule: object, router: RouterName): Fields {
  return Object.assign({}, ...sayings(table, rule, router).map(({ value, write }) => write(value))) as Fields;
}

/** A feature that is said of a route, by a router that has words for it. */
interface Saying {
  readonly value: unknown;
  readonly write: (value: unknown) => Fields;
  readonly divide?: (value: unknown, port: Port) => ReadonlyArray<Division<unknown>>;
}

function sayings(table: RouteTable, rule: object, router: RouterName): Saying[] {
  return routeFeatures().flatMap((feature) => {
    const write = feature.inRoute?.[router];
    const value = valueOf(feature, rule) ?? valueOf(feature, table);
    return write && value !== undefined ? [{ value, write, divide: feature.divide }] : [];
  });
}

function withSaying(entries: readonly RouteEntry[], { value, write, divide }: Saying, port: Port): RouteEntry[] {
  const divisions: ReadonlyArray<Division<unknown>> = divide?.(value, port) ?? [{ value }];
  return entries.flatMap((entry) =>
    divisions.map((part) => ({
      ...entry,
      name: [entry.name, part.suffix].filter(Boolean).join('-') || undefined,
      methods: part.methods ?? entry.methods,
      fields: { ...entry.fields, ...write(part.value) },
    })),
  );
}

function only({ name, matches, backends }: typeof WHOLE): typeof WHOLE {
  return { name, matches, backends };
}

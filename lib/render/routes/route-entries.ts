import type { Port } from '../../model/port';
import type { RouteMatch, RouteRule, RouterName, RouteTable } from '../../model/route';
import { type Division, type Fields, type RouteContext, routeFeatures, valueOf } from '../../planes/features';
import { joinFields } from './join-fields';

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
      (entries, saying) => withSaying(entries, saying, contextOf(table, port)),
      [{ ...only(rule), fields: {} }],
    ),
  );
}

/** What the features of a table and of one of its rules write into a route; the rule's own word goes before the table's. */
export function featureFields(table: RouteTable, rule: object, router: RouterName, port: Port): Fields {
  return joinFields(sayings(table, rule, router).map(({ value, write }) => write(value, contextOf(table, port))));
}

function contextOf({ service }: RouteTable, port: Port): RouteContext {
  return { host: service.host!, name: service.name, port };
}

/** A feature that is said of a route, by a router that has words for it. */
interface Saying {
  readonly value: unknown;
  readonly write: (value: unknown, context: RouteContext) => Fields;
  readonly divide?: (value: unknown, port: Port) => ReadonlyArray<Division<unknown>>;
}

function sayings(table: RouteTable, rule: object, router: RouterName): Saying[] {
  return routeFeatures().flatMap((feature) => {
    const write = feature.inRoute?.[router];
    const value = valueOf(feature, rule) ?? valueOf(feature, table);
    return write && value !== undefined ? [{ value, write, divide: feature.divide }] : [];
  });
}

function withSaying(entries: readonly RouteEntry[], { value, write, divide }: Saying, context: RouteContext): RouteEntry[] {
  const divisions: ReadonlyArray<Division<unknown>> = divide?.(value, context.port) ?? [{ value }];
  return entries.flatMap((entry) =>
    divisions.flatMap((part, index) => {
      const earlier = divisions.slice(0, index).flatMap(({ methods = [] }) => methods);
      const matches = entry.matches.filter((match) => isForPart(match, part, earlier));
      if (entry.matches.length > 0 && matches.length === 0) return [];
      return {
        ...entry,
        matches,
        name: [entry.name, part.suffix].filter(Boolean).join('-') || undefined,
        methods: part.methods ?? entry.methods,
        fields: joinFields([entry.fields, write(part.value, context)]),
      };
    }),
  );
}

// A match of one method belongs to the first part that takes it.
function isForPart({ method }: RouteMatch, { methods }: Division<unknown>, earlier: readonly string[]): boolean {
  if (method === undefined) return true;
  return methods ? methods.includes(method) : !earlier.includes(method);
}

function only({ name, matches, backends }: typeof WHOLE): typeof WHOLE {
  return { name, matches, backends };
}

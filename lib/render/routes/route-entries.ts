import type { Port } from '../../model/port';
import type { GatewayApiBundle, RouteRule, RouteTable, RouterName } from '../../model/route';
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
    sayings(table, rule, router, port).reduce<RouteEntry[]>(
      (entries, saying) => withSaying(entries, saying, port, table.gatewayApi),
      [{ ...only(rule), fields: {} }],
    ),
  );
}

/** A feature that is said of a route, by a router that has words for it. */
interface Saying {
  readonly value: unknown;
  readonly write: (value: unknown, bundle?: GatewayApiBundle) => Fields;
  readonly divide?: (value: unknown, port: Port) => ReadonlyArray<Division<unknown>>;
}

// A rule's own word goes before the port's, and that before the one for the whole service.
function sayings(table: RouteTable, rule: object, router: RouterName, port: Port): Saying[] {
  return routeFeatures().flatMap((feature) => {
    const write = feature.inRoute?.[router];
    const value = valueOf(feature, rule) ?? feature.atPort?.(port) ?? valueOf(feature, table);
    return write && value !== undefined ? [{ value, write, divide: feature.divide }] : [];
  });
}

function withSaying(
  entries: readonly RouteEntry[],
  { value, write, divide }: Saying,
  port: Port,
  bundle: GatewayApiBundle | undefined,
): RouteEntry[] {
  const divisions: ReadonlyArray<Division<unknown>> = divide?.(value, port) ?? [{ value }];
  return entries.flatMap((entry) =>
    divisions.map((part) => ({
      ...entry,
      name: [entry.name, part.suffix].filter(Boolean).join('-') || undefined,
      methods: part.methods ?? entry.methods,
      fields: joined(entry.fields, write(part.value, bundle)),
    })),
  );
}

// Two features may write into one object, as both limits of time do in an HTTPRoute.
function joined(fields: Fields, more: Fields): Fields {
  const both = Object.entries(more).map(([key, value]) => {
    const before = fields[key];
    return [key, isObject(before) && isObject(value) ? { ...before, ...value } : value];
  });
  return { ...fields, ...(Object.fromEntries(both) as Fields) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function only({ name, matches, backends }: typeof WHOLE): typeof WHOLE {
  return { name, matches, backends };
}

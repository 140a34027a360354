import type { Port } from '../../model/port';
import type { GatewayApiBundle, RouteMatch, RouteRule, RouterName, RouteTable } from '../../model/route';
import type { RouteFeatures } from '../../model/route-features';
import { type Division, type Fields, type RouteContext, type RouteFeature, routeFeatures, valueOf } from '../features';
import type { PathMatch } from '../shaping/path-change';
import { dividedByPath, type PlacedMatch } from './divided-by-path';
import { joinFields } from './join-fields';

/** One route with all that holds for it. */
export interface RouteEntry extends Pick<RouteRule, 'matches' | 'backends'> {
  readonly name?: string;
  /** Limits the route to these methods. */
  readonly methods?: readonly string[];
  /** What its features write into it. */
  readonly fields: Fields;
  /** The proxy answers by itself, and sends nothing on. */
  readonly answers?: boolean;
}

type Source = Pick<RouteRule, 'matches' | 'backends'> & RouteFeatures & { readonly name?: string };

/** Where routes are written, and for whom. */
interface Target {
  readonly service: RouteTable['service'];
  readonly router: RouterName;
  readonly port: Port;
  /** The bundle of the Gateway API that the cluster has. */
  readonly bundle?: GatewayApiBundle;
  /** What the port says of its requests is said elsewhere. */
  readonly leavesPort?: boolean;
}

const WHOLE: Source = { matches: [], backends: [] };

/** The routes of a table for requests to one port, in the order in which they are tried. A feature may make several of one, each for some requests. */
export function routeEntries(table: RouteTable, router: RouterName, port: Port): RouteEntry[] {
  const rules = table.rules.length > 0 ? table.rules : [WHOLE];
  return withOwnNames(
    rules.flatMap((rule) => ruleEntries(table, rule, { service: table.service, router, port, bundle: table.gatewayApi })),
  );
}

/** The routes of one of its rules; the rule's own word goes before the table's. */
export function ruleEntries(
  table: RouteFeatures,
  rule: Source,
  { service, router, port, bundle, leavesPort }: Target,
  placed: readonly PlacedMatch[] = rule.matches.map((match) => ({ match, named: match.path })),
): RouteEntry[] {
  const said = sayings(table, rule, leavesPort ? undefined : port);
  const answers = said.some(({ feature }) => feature.answers);
  const about = answers ? said.filter(({ feature }) => feature.answers || feature.holdsForAnswers) : said;
  const context = { host: service.host!, name: service.name, port, bundle };
  return dividedByPath(placed, divisionOf(about, router)).flatMap((part) => {
    const place = placeOf(part);
    const matches = part.map(({ match }) => match);
    const first: RouteEntry = {
      name: rule.name,
      matches,
      backends: answers ? [] : rule.backends,
      fields: {},
      answers: answers || undefined,
    };
    return about.reduce<RouteEntry[]>((entries, saying) => withSaying(entries, saying, router, { ...context, ...place }), [first]);
  });
}

/** A feature and what is said of it. */
interface Saying {
  readonly feature: RouteFeature<unknown>;
  readonly value: unknown;
}

// A rule's own word goes before the port's, and that before the one for the whole service.
function sayings(table: RouteFeatures, rule: Source, port: Port | undefined): Saying[] {
  return routeFeatures().flatMap((feature): Saying[] => {
    const isMeant = rule.matches.length === 0 || !feature.isOfOneRoute;
    const value = valueOf(feature, rule) ?? (port && feature.atPort?.(port)) ?? (isMeant ? valueOf(feature, table) : undefined);
    return value === undefined || !feature.inRoute ? [] : [{ feature, value }];
  });
}

function withSaying(entries: readonly RouteEntry[], { feature, value }: Saying, router: RouterName, context: RouteContext): RouteEntry[] {
  const write = feature.inRoute?.[router];
  if (!write) return [...entries];
  const divisions = withoutNeed(feature.divide?.(value, context.port) ?? [{ value }], (part) => write(part, context));
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

// Parts that are written alike are one.
function withoutNeed(divisions: ReadonlyArray<Division<unknown>>, write: (value: unknown) => Fields): ReadonlyArray<Division<unknown>> {
  const written = new Set(divisions.map(({ value }) => JSON.stringify(write(value))));
  return written.size > 1 ? divisions : [{ value: divisions[0].value }];
}

// A match of one method belongs to the first part that takes it.
function isForPart({ method }: RouteMatch, { methods }: Division<unknown>, earlier: readonly string[]): boolean {
  if (method === undefined) return true;
  return methods ? methods.includes(method) : !earlier.includes(method);
}

function divisionOf(said: readonly Saying[], router: RouterName): 'path' | 'uri' | undefined {
  const divisions = said.map(({ feature, value }) => feature.byPath?.(value, router));
  return divisions.find((one) => one === 'uri') ?? divisions.find((one) => one !== undefined);
}

function placeOf([first]: readonly PlacedMatch[]): { readonly named?: PathMatch; readonly at?: PathMatch } {
  return { named: first?.named, at: first?.match.path };
}

// The Gateway API wants each name once in a route, and what was divided shares one.
function withOwnNames(entries: readonly RouteEntry[]): RouteEntry[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    if (entry.name === undefined) return entry;
    let own = entry.name;
    for (let count = 2; seen.has(own); count += 1) own = `${entry.name}-${count}`;
    seen.add(own);
    return own === entry.name ? entry : { ...entry, name: own };
  });
}

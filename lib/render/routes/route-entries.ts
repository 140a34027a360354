import type { Port } from '../../model/port';
import type { RouteMatch, RouteRule, RouteTable, RouterName } from '../../model/route';
import type { RouteFeatures } from '../../model/route-features';
import { type Division, type Fields, type Place, routeFeatures, type RouteFeature, valueOf } from '../../planes/features';
import { EVERY_PATH, type PathMatch } from '../../planes/shaping/path-change';
import { mergeFields } from './merge-fields';

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

/** A match as it is written, which may be narrower than the one that was said. */
export interface PlacedMatch {
  readonly match: RouteMatch;
  /** The path that was said. */
  readonly named?: PathMatch;
}

type Source = Pick<RouteRule, 'matches' | 'backends'> & RouteFeatures & { readonly name?: string };

const WHOLE: Source = { matches: [], backends: [] };

/** The routes of a table for requests to one port, in the order in which they are tried. A feature may make several of one, each for some requests. */
export function routeEntries(table: RouteTable, router: RouterName, port: Port): RouteEntry[] {
  const rules = table.rules.length > 0 ? table.rules : [WHOLE];
  return withOwnNames(rules.flatMap((rule) => ruleEntries(table, rule, router, port)));
}

/** The routes of one of its rules; the rule's own word goes before the table's. */
export function ruleEntries(table: RouteFeatures, rule: Source, router: RouterName, port: Port, placed = placedIn(rule)): RouteEntry[] {
  const said = sayings(table, rule);
  const { name, backends } = rule;
  const answers = said.some(({ feature }) => feature.answers);
  return divided(placed, divisionOf(said, router)).flatMap((part) => {
    const place = placeOf(part);
    const first = {
      name,
      matches: part.map(({ match }) => match),
      backends: answers ? [] : backends,
      fields: {},
      ...(answers && { answers }),
    };
    return said.reduce<RouteEntry[]>((entries, saying) => withSaying(entries, saying, { router, port, place }), [first]);
  });
}

function placedIn({ matches }: Source): PlacedMatch[] {
  return matches.map((match) => ({ match, named: match.path }));
}

/** A feature and what is said of it. */
interface Saying {
  readonly feature: RouteFeature<unknown>;
  readonly value: unknown;
}

function sayings(table: RouteFeatures, rule: Source): Saying[] {
  const said = routeFeatures().flatMap((feature): Saying[] => {
    const isMeant = rule.matches.length === 0 || !feature.isOfOneRoute;
    const value = valueOf(feature, rule) ?? (isMeant ? valueOf(feature, table) : undefined);
    return value === undefined || !feature.inRoute ? [] : [{ feature, value }];
  });
  const answers = said.some(({ feature }) => feature.answers);
  return answers ? said.filter(({ feature }) => feature.answers || feature.holdsForAnswers) : said;
}

interface Around {
  readonly router: RouterName;
  readonly port: Port;
  readonly place: Place;
}

function withSaying(entries: readonly RouteEntry[], { feature, value }: Saying, { router, port, place }: Around): RouteEntry[] {
  const write = feature.inRoute?.[router];
  if (!write) return [...entries];
  const divisions: ReadonlyArray<Division<unknown>> = feature.divide?.(value, port) ?? [{ value }];
  return entries.flatMap((entry) =>
    divisions.map((part) => ({
      ...entry,
      name: [entry.name, part.suffix].filter(Boolean).join('-') || undefined,
      methods: part.methods ?? entry.methods,
      fields: mergeFields(entry.fields, write(part.value, place) ?? {}),
    })),
  );
}

function divisionOf(said: readonly Saying[], router: RouterName): 'path' | 'uri' | undefined {
  const divisions = said.map(({ feature, value }) => feature.byPath?.(value, router));
  return divisions.find((one) => one === 'uri') ?? divisions.find((one) => one !== undefined);
}

/** Parts whose matches are written alike: all at once, or one match each. */
function divided(placed: readonly PlacedMatch[], division: 'path' | 'uri' | undefined): Array<readonly PlacedMatch[]> {
  if (!division || placed.length === 0) return [placed];
  return division === 'path' ? placed.map((one) => [one]) : placed.flatMap(byUri);
}

// A prefix that ends with a slash is what lies below a path, without the path itself.
function byUri(one: PlacedMatch): Array<readonly PlacedMatch[]> {
  const { path } = one.match;
  if (path?.type !== 'PathPrefix' || path.value === '/') return [[one]];
  const at = (type: PathMatch['type'], value: string): PlacedMatch => ({ ...one, match: { ...one.match, path: { type, value } } });
  return [[at('Exact', path.value)], [at('PathPrefix', `${path.value}/`)]];
}

function placeOf([first]: readonly PlacedMatch[]): Place {
  return { named: first?.named ?? EVERY_PATH, at: first?.match.path ?? EVERY_PATH };
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

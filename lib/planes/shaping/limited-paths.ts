import { overlapOf } from '../../model/matches/match-overlap';
import type { RouteMatch, RouteRule, RouteTable } from '../../model/route';
import type { PathRule } from '../../model/route-features';
import { EVERY_PATH, type PathMatch, withOtherStart } from './path-change';
import { pathRulesOf } from './path-rules';

/** Paths of the requests that a limit is about. */
export interface LimitedPaths {
  /** As they are once a route has changed them, and as they were sent, for some come without having passed the route. */
  readonly seen: readonly PathMatch[];
  /** What other requests are sent to that then look the same. */
  readonly others: readonly PathMatch[];
}

type Table = Pick<RouteTable, 'rules' | 'rewrite'>;

/** How requests that a match means arrive at the proxy of a service; undefined where the service's route leaves their paths as they are. */
export function limitedPaths(match: RouteMatch, table: Table): LimitedPaths | undefined {
  const rules = match.path && pathRulesOf(table);
  if (!match.path || !rules) return undefined;
  const arriving = arrivingPaths(match.path, pathRulesOf({ ...table, rules: table.rules.flatMap((rule) => aboutSome(rule, match)) }) ?? []);
  const seen = withoutCovered([...arriving, match.path]);
  if (seen.length === 1 && covers(match.path, seen[0])) return undefined;
  return { seen, others: withoutCovered(othersAmong(seen, match.path, rules)) };
}

// A rule for requests that a limit cannot mean changes none of its own.
function aboutSome(rule: RouteRule, match: RouteMatch): RouteRule[] {
  const matches = rule.matches.filter((one) => overlapOf(one, match).is !== 'nothing');
  return matches.length > 0 ? [{ ...rule, matches }] : [];
}

function arrivingPaths(path: PathMatch, rules: readonly PathRule[]): PathMatch[] {
  const found: PathMatch[] = [];
  for (const rule of rules) {
    const common = commonOf(path, rule.at);
    if (!common) continue;
    found.push(changed(common, rule));
    if (!rule.isConditional && covers(rule.at, path)) break;
  }
  return found;
}

/** Who sends requests to other paths than those of a limit, and is seen among these. */
function othersAmong(seen: readonly PathMatch[], meant: PathMatch, rules: readonly PathRule[]): PathMatch[] {
  const isTaken = (path: PathMatch): boolean => rules.some(({ at, isConditional }) => !isConditional && covers(at, path));
  const straight = seen.filter((path) => !isTaken(path));
  // A rule that changes what is meant makes the words in which it was sent of nothing that anybody asks for, such as /v1/v1 for /v1.
  const isOwn = (path: PathMatch, { at }: PathRule): boolean => covers(meant, path) && commonOf(meant, at) !== undefined;
  const throughRules = rules.flatMap((rule) => seen.flatMap((path) => (isOwn(path, rule) ? [] : sentAs(path, rule))));
  return [...straight, ...throughRules].filter((path) => !covers(meant, path));
}

/** What requests that one rule takes are sent to, where they arrive like this. */
function sentAs(path: PathMatch, { at, change }: PathRule): PathMatch[] {
  const common = commonOf(path, changed(at, { at, change }));
  if (!common) return [];
  if (!change) return [common];
  if ('whole' in change) return [at];
  const value = withOtherStart(common.value, change.to, change.of);
  return [{ ...common, value: value.length > 1 && value.endsWith('/') ? value.slice(0, -1) : value }];
}

function changed(path: PathMatch, { change }: Pick<PathRule, 'at' | 'change'>): PathMatch {
  if (!change) return path;
  return 'whole' in change ? { type: 'Exact', value: change.whole } : { ...path, value: withOtherStart(path.value, change.of, change.to) };
}

function commonOf(a: PathMatch, b: PathMatch): PathMatch | undefined {
  if (covers(a, b)) return b;
  return covers(b, a) ? a : undefined;
}

function covers({ type, value }: PathMatch, inner: PathMatch): boolean {
  if (type === 'Exact') return inner.type === 'Exact' && inner.value === value;
  return value === EVERY_PATH.value || inner.value === value || inner.value.startsWith(`${value}/`);
}

function withoutCovered(paths: readonly PathMatch[]): PathMatch[] {
  return paths.filter(
    (path, index) => !paths.some((other, place) => place !== index && covers(other, path) && (place < index || !covers(path, other))),
  );
}

import type { RouteMatch, RouteStatement } from '../model/route';
import type { RouteFeatures } from '../model/route-features';
import { featuresIn, valueOf } from '../planes/features';
import { compareText } from '../support/ordering';
import { isWithin, overlapOf } from '../model/matches/match-overlap';
import { compareMatches, matchKey } from '../model/matches/match-rank';

/** Requests that the same statements are about. */
export interface MatchGroup {
  /** One match is enough. */
  readonly matches: readonly RouteMatch[];
  /** The one with the narrowest match first: where two say the same, it holds. */
  readonly statements: readonly RouteStatement[];
}

/**
 * The matches of some statements, each once, the narrowest first. Each match of a statement has its own place, for one of another statement may lie
 * between them; neighbours that the same statements are about stay together, in the order in which they were said. Requests that two statements are
 * about have a place of their own wherever they would get what one of the two says alone.
 */
export function groupMatches(statements: readonly RouteStatement[]): MatchGroup[] {
  const all = matchesOf(statements);
  const groups: MatchGroup[] = [];
  for (const match of [...all].sort(compareMatches)) {
    const about = statementsAbout(match, statements);
    const last = groups.at(-1);
    const isSame = last?.statements.length === about.length && about.every((one) => last.statements.includes(one));
    if (isSame) groups[groups.length - 1] = { matches: [...last.matches, match], statements: about };
    else groups.push({ matches: [match], statements: about });
  }
  return groups.map((group) => ({ ...group, matches: all.filter((match) => group.matches.includes(match)) }));
}

/** The statements overlap in more ways than a route can list. */
export function overlapTooOften(statements: readonly RouteStatement[]): boolean {
  return matchesOf(statements).length > MOST_MATCHES;
}

// HTTPRoute lists no more in one route, and who has more has hardly meant each of them.
const MOST_MATCHES = 128;

function matchesOf(statements: readonly RouteStatement[]): RouteMatch[] {
  const all = new Map(statements.flatMap(({ matches = [] }) => matches.map((match) => [matchKey(match), match])));
  if (statements.length < 2) return [...all.values()];
  // It grows while it is read: what two requests share may share something with a third.
  for (const match of all.values()) {
    const earlier = [...all.values()];
    const shared = earlier.slice(0, earlier.indexOf(match)).flatMap((other) => trySharedRequests(other, match, statements) ?? []);
    const news = shared.filter((found) => !all.has(matchKey(found)));
    if (all.size <= MOST_MATCHES) news.forEach((found) => all.set(matchKey(found), found));
  }
  return [...all.values()];
}

/** What two matches, in the order in which they were said, share, where it is not what the narrower of the two says anyway. */
function trySharedRequests(a: RouteMatch, b: RouteMatch, statements: readonly RouteStatement[]): RouteMatch | undefined {
  const overlap = overlapOf(a, b);
  if (overlap.is !== 'match') return undefined;
  const first = compareMatches(a, b) <= 0 ? a : b;
  return sayingOf(overlap.match, statements) === sayingOf(first, statements) ? undefined : overlap.match;
}

function sayingOf(match: RouteMatch, statements: readonly RouteStatement[]): string {
  const about = statementsAbout(match, statements);
  const said = Object.entries(heldFeatures(about)).sort(([a], [b]) => compareText(a, b));
  return JSON.stringify([said, about.find(({ shares }) => shares)?.shares]);
}

/**
 * What holds of what some statements say of the same requests, the first of them before the others. Where one has sent them to a version, no later one has the
 * proxy answer by itself.
 */
export function heldFeatures(statements: readonly RouteStatement[]): RouteFeatures {
  const sending = statements.findIndex(({ shares }) => shares);
  const isHeld = (index: number, answers: boolean | undefined): boolean => !answers || sending < 0 || index <= sending;
  const entries = statements.flatMap((one, index) =>
    featuresIn(one).flatMap((feature) => (isHeld(index, feature.answers) ? [[feature.key, valueOf(feature, one)] as const] : [])),
  );
  return Object.fromEntries(entries.reverse()) as RouteFeatures;
}

/** Of each construct the statement that holds: by its own order, else the one with the narrowest match. */
function statementsAbout(match: RouteMatch, statements: readonly RouteStatement[]): RouteStatement[] {
  const found = statements.flatMap((one) => {
    const [narrowest] = (one.matches ?? []).filter((wide) => isWithin(match, wide)).sort(compareMatches);
    return narrowest ? [{ one, narrowest }] : [];
  });
  const byRank = found.sort((a, b) => compareMatches(a.narrowest, b.narrowest)).map(({ one }) => one);
  const ranked = [...byRank.filter(({ givesWay }) => !givesWay), ...byRank.filter(({ givesWay }) => givesWay)];
  return [...new Set(ranked.map(({ path }) => path))].map((path) => {
    const [first, ...others] = ranked.filter((one) => one.path === path);
    return others.reduce((held, one) => ((one.order ?? 0) < (held.order ?? 0) ? one : held), first);
  });
}

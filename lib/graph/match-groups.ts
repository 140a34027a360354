import type { RouteMatch, RouteStatement } from '../model/route';
import { compareMatches, matchKey } from './match-rank';

/** Requests that the same statements are about. */
export interface MatchGroup {
  /** One match is enough. */
  readonly matches: readonly RouteMatch[];
  /** In the order in which they were given. */
  readonly statements: readonly RouteStatement[];
}

/**
 * The matches of some statements, each once, the narrowest first. Each match of a statement has its own place, for one of another statement may lie
 * between them; neighbours that the same statements are about stay together, in the order in which they were said.
 */
export function groupMatches(statements: readonly RouteStatement[]): MatchGroup[] {
  const keysOf = new Map(statements.map((one) => [one, new Set(one.matches!.map(matchKey))]));
  const all = new Map(statements.flatMap(({ matches = [] }) => matches.map((match) => [matchKey(match), match])));
  const groups: MatchGroup[] = [];
  for (const [key, match] of [...all].sort(([, a], [, b]) => compareMatches(a, b))) {
    const about = statements.filter((one) => keysOf.get(one)!.has(key));
    const last = groups.at(-1);
    const isSame = last?.statements.length === about.length && about.every((one) => last.statements.includes(one));
    if (isSame) groups[groups.length - 1] = { matches: [...last.matches, match], statements: about };
    else groups.push({ matches: [match], statements: about });
  }
  return groups.map((group) => ({ ...group, matches: [...all.values()].filter((match) => group.matches.includes(match)) }));
}

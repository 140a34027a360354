import { compareMatches } from '../model/matches/match-rank';
import type { RouteMatch, RouteStatement } from '../model/route';
import type { PathChange } from '../model/route-features';
import { EVERY_PATH, narrowed, type PathMatch } from '../planes/shaping/path-change';
import type { MatchGroup } from './match-groups';

/**
 * Groups whose statements speak of the paths that their matches name, in the words of each match: one that stands for what two statements share is narrower
 * than the one that was said, and what is taken away from its paths is still what was said.
 */
export function byOwnPaths(group: MatchGroup): MatchGroup[] {
  const isByPath = group.statements.some(({ rewrite, redirect }) => [rewrite, redirect].some((said) => said?.path?.replaces === 'matched'));
  if (!isByPath) return [group];
  // Rules of their own are tried one after the other: the narrower one first.
  const ordered = [...group.matches].sort(compareMatches);
  return ordered.map((match) => ({ matches: [match], statements: group.statements.map((one) => inWordsOf(one, match)) }));
}

function inWordsOf(statement: RouteStatement, match: RouteMatch): RouteStatement {
  const { rewrite, redirect } = statement;
  const at = match.path ?? EVERY_PATH;
  const named = namedPath(statement, at);
  const changed = (path: PathChange | undefined): PathChange | undefined => path && narrowed(path, named, at);
  if (named.value === at.value) return statement;
  return {
    ...statement,
    ...(rewrite && { rewrite: { ...rewrite, path: changed(rewrite.path) } }),
    ...(redirect && { redirect: { ...redirect, path: changed(redirect.path) } }),
  };
}

/** The path of the statement's own match that takes these. */
function namedPath({ matches = [] }: RouteStatement, at: PathMatch): PathMatch {
  const paths = matches.map(({ path }) => path ?? EVERY_PATH);
  return paths.find(({ value }) => value === at.value) ?? paths.find((path) => isWithin(at.value, path)) ?? EVERY_PATH;
}

function isWithin(path: string, { type, value }: PathMatch): boolean {
  return type === 'PathPrefix' && (value === '/' || path.startsWith(`${value}/`));
}

import { compareMatches } from '../../model/matches/match-rank';
import type { RouteMatch } from '../../model/route';
import type { RouteEntry } from './route-entries';

/** Routes of several services under one host, each service's in the order in which they are tried. */
export interface Sequence<Owner> {
  readonly owner: Owner;
  readonly entries: readonly RouteEntry[];
}

/** A route for some of the matches that it was said for. */
export interface Ordered<Owner> {
  readonly owner: Owner;
  readonly entry: RouteEntry;
}

interface Piece<Owner> extends Ordered<Owner> {
  readonly whole: RouteEntry;
  readonly match: RouteMatch;
}

const EVERYTHING: RouteMatch = { headers: [], queryParams: [] };

/**
 * All of them in one order, the narrowest match before others, where an API tries routes as they stand and the Gateway API would weigh them. Of one service
 * none is tried before one that stands before it.
 */
export function inOrder<Owner>(sequences: ReadonlyArray<Sequence<Owner>>): Array<Ordered<Owner>> {
  const waiting = sequences.map(({ owner, entries }) => entries.flatMap((entry) => piecesOf(owner, entry)));
  const ordered: Array<Piece<Owner>> = [];
  for (;;) {
    const [next] = waiting.filter(({ length }) => length > 0).sort(([a], [b]) => compareMatches(a.match, b.match));
    if (!next) return joined(ordered);
    ordered.push(next.shift()!);
  }
}

function piecesOf<Owner>(owner: Owner, whole: RouteEntry): Array<Piece<Owner>> {
  const matches = whole.matches.length > 0 ? [...whole.matches].sort(compareMatches) : [EVERYTHING];
  return matches.map((match) => ({ owner, whole, match, entry: { ...whole, matches: whole.matches.length > 0 ? [match] : [] } }));
}

/** Pieces of one route that came to stand side by side are one again. */
function joined<Owner>(pieces: ReadonlyArray<Piece<Owner>>): Array<Ordered<Owner>> {
  const routes: Array<Piece<Owner>> = [];
  for (const piece of pieces) {
    const last = routes.at(-1);
    if (last?.whole === piece.whole) {
      routes[routes.length - 1] = { ...last, entry: { ...last.entry, matches: [...last.entry.matches, ...piece.entry.matches] } };
    } else routes.push(piece);
  }
  return routes.map(({ owner, entry }) => ({ owner, entry }));
}

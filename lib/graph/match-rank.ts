import type { RouteMatch } from '../model/route';

/** How narrow a match is, as the Gateway API weighs it: an exact path, a longer path, more headers, more query parameters. */
export function rankOf({ path, headers, queryParams }: RouteMatch): number[] {
  return [path?.type === 'Exact' ? 1 : 0, path?.value.length ?? 0, headers.length, queryParams.length];
}

/** Negative where the first of two lists of alternatives has the narrower match, and so is asked first. */
export function compareMatches(a: readonly RouteMatch[], b: readonly RouteMatch[]): number {
  return compareRanks(narrowest(b), narrowest(a));
}

function narrowest(matches: readonly RouteMatch[]): number[] {
  return matches.map(rankOf).reduce((best, rank) => (compareRanks(rank, best) > 0 ? rank : best), []);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

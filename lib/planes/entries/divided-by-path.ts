import { compareMatches } from '../../model/matches/match-rank';
import type { RouteMatch } from '../../model/route';
import type { PathDivision } from '../features/route-feature';
import type { PathMatch } from '../shaping/path-change';

/** A match as it is written, which may be narrower than the one that was said. */
export interface PlacedMatch {
  readonly match: RouteMatch;
  /** The path that was said. */
  readonly named?: PathMatch;
}

/** Matches of one route in parts that are written alike: all at once, or one each. */
export function dividedByPath(placed: readonly PlacedMatch[], division: PathDivision | undefined): Array<readonly PlacedMatch[]> {
  if (!division || placed.length === 0) return [placed];
  // Alternatives stand side by side; routes of their own are tried one after the other.
  const ordered = [...placed].sort((a, b) => compareMatches(a.match, b.match));
  return division === 'path' ? ordered.map((one) => [one]) : ordered.flatMap(byUri);
}

// A prefix that ends with a slash is what lies below a path, without the path itself.
function byUri(one: PlacedMatch): Array<readonly PlacedMatch[]> {
  const { path } = one.match;
  if (path?.type !== 'PathPrefix' || path.value === '/') return [[one]];
  const at = (type: PathMatch['type'], value: string): PlacedMatch => ({ ...one, match: { ...one.match, path: { type, value } } });
  return [[at('Exact', path.value)], [at('PathPrefix', `${path.value}/`)]];
}

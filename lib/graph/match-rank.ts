import type { RouteMatch } from '../model/route';
import { canonical } from '../support/ordering';

/** The same for two matches that the same requests have. */
export function matchKey(match: RouteMatch): string {
  const { type, value } = pathOf(match);
  return JSON.stringify([type, value, canonical(match.headers), canonical(match.queryParams)]);
}

/** Negative where the first of two matches is the narrower one, as the Gateway API weighs them, and so is asked first. */
export function compareMatches(a: RouteMatch, b: RouteMatch): number {
  const [one, other] = [rankOf(a), rankOf(b)];
  const index = one.findIndex((each, place) => each !== other[place]);
  return index < 0 ? 0 : other[index] - one[index];
}

// An exact path, a longer path, more headers, more query parameters.
function rankOf(match: RouteMatch): number[] {
  const { type, value } = pathOf(match);
  return [type === 'Exact' ? 1 : 0, value.length, match.headers.length, match.queryParams.length];
}

// A match without a path means every path.
function pathOf({ path }: RouteMatch): NonNullable<RouteMatch['path']> {
  return path ?? { type: 'PathPrefix', value: '/' };
}

import type { RouteMatch } from '../route';
import { canonical } from '../../support/ordering';

/** The same for two matches that the same requests have. */
export function matchKey(match: RouteMatch): string {
  const { type, value } = pathOf(match);
  const { headers, queryParams, cookies = [], method, source } = match;
  const parts = [type, value, canonical(headers), canonical(queryParams)];
  return JSON.stringify(cookies.length > 0 || method || source ? [...parts, canonical(cookies), method, source] : parts);
}

/** Negative where the first of two matches is the narrower one, as the Gateway API weighs them, and so is asked first. */
export function compareMatches(a: RouteMatch, b: RouteMatch): number {
  const [one, other] = [rankOf(a), rankOf(b)];
  const index = one.findIndex((each, place) => each !== other[place]);
  return index < 0 ? 0 : other[index] - one[index];
}

// An exact path, a longer path, a method, more headers, more query parameters. All cookies are one header; of as many headers more cookies are the
// narrower, and so is a source: routes of the same rank are tried as they stand.
function rankOf(match: RouteMatch): number[] {
  const { type, value } = pathOf(match);
  const { headers, queryParams, cookies = [], method, source } = match;
  const counted = headers.length + (cookies.length > 0 ? 1 : 0);
  return [
    type === 'Exact' ? 1 : 0,
    value.length,
    method ? 1 : 0,
    counted,
    queryParams.length,
    Math.max(0, cookies.length - 1),
    source ? 1 : 0,
  ];
}

// A match without a path means every path.
function pathOf({ path }: RouteMatch): NonNullable<RouteMatch['path']> {
  return path ?? { type: 'PathPrefix', value: '/' };
}

import { compareMatches } from '../../../lib/model/matches/match-rank';
import type { RouteMatch } from '../../../lib/model/route';

const header = (name: string) => ({ name, type: 'Exact', value: 'yes' }) as const;
const match = (parts: Partial<RouteMatch>): RouteMatch => ({ headers: [], queryParams: [], ...parts });
const on = (type: 'Exact' | 'PathPrefix', value: string, parts: Partial<RouteMatch> = {}) => match({ path: { type, value }, ...parts });

// As the Gateway API weighs them, each before the next.
const NARROWER: ReadonlyArray<readonly [string, RouteMatch]> = [
  ['an exact path', on('Exact', '/a')],
  ['a longer prefix', on('PathPrefix', '/cart/items')],
  ['a shorter one with headers', on('PathPrefix', '/cart', { headers: [header('x'), header('y')] })],
  ['one with fewer headers', on('PathPrefix', '/cart', { headers: [header('x')], queryParams: [header('q')] })],
  ['one without that query parameter', on('PathPrefix', '/cart', { headers: [header('x')] })],
  ['one without headers', on('PathPrefix', '/cart')],
  ['two headers, whatever the path', match({ headers: [header('x'), header('y')] })],
  ['a query parameter, whatever the path', match({ queryParams: [header('q')] })],
  ['every path', on('PathPrefix', '/')],
];

describe('of two matches', () => {
  it.each(NARROWER.slice(1).map(([next, other], index) => [NARROWER[index][0], next, NARROWER[index][1], other] as const))(
    '%s is asked before %s',
    (_, __, first, second) => {
      expect(compareMatches(first, second)).toBeLessThan(0);
      expect(compareMatches(second, first)).toBeGreaterThan(0);
    },
  );

  it('neither is the narrower one where they ask for as much', () => {
    expect(compareMatches(match({ headers: [header('x')] }), match({ headers: [header('y')] }))).toBe(0);
    expect(compareMatches(match({ headers: [header('x')] }), on('PathPrefix', '/', { headers: [header('y')] }))).toBe(0);
  });
});

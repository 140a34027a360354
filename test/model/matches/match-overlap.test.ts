import { isWithin, overlapOf } from '../../../lib/model/matches/match-overlap';
import type { HeaderTest, RouteMatch } from '../../../lib/model/route';

const match = (parts: Partial<RouteMatch>): RouteMatch => ({ headers: [], queryParams: [], ...parts });
const header = (name: string, value = 'yes'): RouteMatch => match({ headers: [exactly(name, value)] });
const exactly = (name: string, value: string): HeaderTest => ({ name, type: 'Exact', value });
const pattern = (name: string, value: string): RouteMatch => match({ headers: [{ name, type: 'RegularExpression', value }] });
const path = (value: string, type: 'Exact' | 'PathPrefix' = 'PathPrefix'): RouteMatch => match({ path: { type, value } });
const cookie = (name: string, value: string): RouteMatch => match({ cookies: [{ name, value }] });
const source = (app: string): RouteMatch => match({ source: { namespaceName: 'shop', podLabels: { app } } });
const ANY = match({});

describe('the requests that two matches share', () => {
  it.each<[string, RouteMatch, RouteMatch, RouteMatch]>([
    ['both headers', header('x'), header('y'), match({ headers: [exactly('x', 'yes'), exactly('y', 'yes')] })],
    ['a header and a path', header('x'), path('/cart'), { ...header('x'), ...path('/cart'), headers: header('x').headers }],
    ['the longer of two prefixes', path('/cart'), path('/cart/new'), path('/cart/new')],
    ['the path below a prefix', path('/cart'), path('/cart/7', 'Exact'), path('/cart/7', 'Exact')],
    ['the value where another asks for any', pattern('x', '.*'), header('x'), header('x')],
    ['the pattern that both have', pattern('x', 'a+'), pattern('x', 'a+'), pattern('x', 'a+')],
    ['a value that has the text of another', header('x', 'abc'), pattern('x', '.*b.*'), header('x', 'abc')],
    ['the longer of two texts', pattern('x', '.*b.*'), pattern('x', '.*abc.*'), pattern('x', '.*abc.*')],
    ['two cookies', cookie('a', '1'), cookie('b', '2'), match({ cookies: [...cookie('a', '1').cookies!, ...cookie('b', '2').cookies!] })],
    ['the method that one names', match({ method: 'GET' }), header('x'), { ...header('x'), method: 'GET' }],
    ['those of one caller', source('web'), source('web'), source('web')],
    ['those of a match that asks for nothing', ANY, header('x'), header('x')],
  ])('have %s, whichever is said first', (_, a, b, both) => {
    expect(overlapOf(a, b)).toMatchObject({ is: 'match', match: both });
    const other = overlapOf(b, a);
    expect(other.is === 'match' && [...other.match.headers].length).toBe(both.headers.length);
  });

  it.each<[string, RouteMatch, RouteMatch]>([
    ['two values of one header', header('x', 'a'), header('x', 'b')],
    ['a value without the text of another', header('x', 'a'), pattern('x', '.*b.*')],
    ['two values of one cookie', cookie('a', '1'), cookie('a', '2')],
    ['two methods', match({ method: 'GET' }), match({ method: 'POST' })],
    ['paths of which none is below the other', path('/cart'), path('/carts')],
    ['an exact path and what is below it', path('/cart', 'Exact'), path('/cart/new')],
    ['two callers', source('web'), source('app')],
  ])('are none with %s', (_, a, b) => {
    expect([overlapOf(a, b), overlapOf(b, a)]).toEqual([{ is: 'nothing' }, { is: 'nothing' }]);
  });

  it.each<[string, RouteMatch, RouteMatch]>([
    ['two patterns of one header', pattern('x', 'a.*'), pattern('x', '.*b')],
    ['a pattern and a value', pattern('x', 'a.*'), header('x', 'ab')],
    [
      'more cookies than a pattern has orders for',
      match({ cookies: ['a', 'b'].map((name) => ({ name, value: '1' })) }),
      match({ cookies: ['c', 'd'].map((name) => ({ name, value: '1' })) }),
    ],
    ['a cookie and a test of all cookies', cookie('a', '1'), header('cookie', 'a=1')],
  ])('have no words where there are %s', (_, a, b) => {
    expect(overlapOf(a, b)).toEqual({ is: 'unspeakable' });
  });

  it('are all of a match that lies within the other', () => {
    expect(isWithin(path('/cart/new'), path('/cart'))).toBe(true);
    expect(isWithin(path('/cart'), path('/'))).toBe(true);
    expect(isWithin(path('/cart'), ANY)).toBe(true);
    expect(isWithin(path('/cart'), path('/cart/new'))).toBe(false);
    expect(isWithin(header('x'), header('y'))).toBe(false);
    expect(isWithin(header('x', 'a'), header('x', 'b'))).toBe(false);
  });
});

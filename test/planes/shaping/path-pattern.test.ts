import { commonPaths, patternsOf } from '../../../lib/planes/shaping/path-pattern';

describe('what a pattern of a grant and the match of a route have in common', () => {
  it.each<[string, 'Exact' | 'PathPrefix', string, string[] | undefined]>([
    ['*', 'PathPrefix', '/cart', ['/cart', '/cart/*']],
    ['/*', 'Exact', '/cart', ['/cart']],
    ['/{**}', 'PathPrefix', '/', ['/*']],
    ['/cart', 'PathPrefix', '/cart', ['/cart']],
    ['/cart/7', 'PathPrefix', '/cart', ['/cart/7']],
    ['/carts', 'PathPrefix', '/cart', []],
    ['/cart/*', 'PathPrefix', '/cart', ['/cart/*']],
    ['/cart*', 'PathPrefix', '/cart', ['/cart', '/cart/*']],
    ['/c*', 'PathPrefix', '/cart', ['/cart', '/cart/*']],
    ['/product/*', 'PathPrefix', '/cart', []],
    ['/c*', 'Exact', '/cart', ['/cart']],
    ['*.png', 'Exact', '/a.png', ['/a.png']],
    ['*.png', 'Exact', '/a.gif', []],
    ['*.png', 'PathPrefix', '/', ['*.png']],
    ['*.png', 'PathPrefix', '/cart', undefined],
    ['/cart/{*}/size', 'PathPrefix', '/cart', ['/cart/{*}/size']],
    ['/{*}/items', 'PathPrefix', '/cart', ['/cart/items']],
    ['/{*}/items', 'Exact', '/cart/items', ['/cart/items']],
    ['/{*}/items', 'Exact', '/cart/7', []],
    ['/cart/{**}', 'PathPrefix', '/cart/a/b', ['/cart/a/b', '/cart/a/b/*']],
    ['/{**}/items', 'PathPrefix', '/cart', undefined],
    ['/{**}/items', 'Exact', '/a/b/items', ['/a/b/items']],
    ['/{*}', 'PathPrefix', '/cart/items', []],
  ])('%s with %s %s', (pattern, type, value, expected) => {
    expect(commonPaths(pattern, { type, value })).toEqual(expected);
  });

  it('is all that the match takes where everything is granted', () => {
    expect([patternsOf({ type: 'Exact', value: '/a' }), patternsOf({ type: 'PathPrefix', value: '/' })]).toEqual([['/a'], ['/*']]);
  });
});

import { pathMatches, textMatches } from '../../../lib/verdict/decision/text-match';

describe('a text', () => {
  it.each([
    ['cart', 'cart', true],
    ['cart', 'carts', false],
    ['ca*', 'cart', true],
    ['*rt', 'cart', true],
    ['*', 'cart', true],
    ['*', '', false],
    ['*', undefined, false],
  ])('is matched as Istio does: %s on %s', (pattern, text, expected) => {
    expect(textMatches(pattern, text)).toBe(expected);
  });

  it.each([
    ['/items/{*}', '/items/1', true],
    ['/items/{*}', '/items/1/2', false],
    ['/items/{**}', '/items/1/2?x=1', true],
    ['/a.b/{*}', '/axb/1', false],
    ['/items', '/items?x=1', true],
  ])('is matched as a path: %s on %s', (pattern, path, expected) => {
    expect(pathMatches(pattern, path)).toBe(expected);
  });
});

import fc from 'fast-check';
import { tryPattern } from '../../../lib/verdict/routes/patterns';

describe('a regular expression', () => {
  it.each([
    ['.*canary=1.*', 'a=b; canary=1', true],
    ['GET|HEAD', 'HEAD', true],
    ['GET|HEAD', 'HEADER', false],
    ['/items/[0-9]{1,3}', '/items/17', true],
    ['/items/[^/]+', '/items/a/b', false],
    [String.raw`v\d+\.\d+`, 'v1.2', true],
    ['(?:a|b)+?c?', 'abab', true],
    ['(?i)beta', 'BETA', true],
    ['[a-c-]+', 'a-c', true],
  ])('must match the whole of a text: %s on %s', (pattern, text, expected) => {
    expect(tryPattern(pattern)?.test(text)).toBe(expected);
  });

  it.each([
    '(',
    'a)',
    '[z-a]',
    'a**',
    '*a',
    'a{3,1}',
    '^*',
    '(?P<name>a)',
    '(?=a)',
    String.raw`(a)\1`,
    '[[:alpha:]]',
    String.raw`\pL`,
    'a{',
  ])('is left alone where the two kinds of Envoy and JavaScript need not agree: %s', (pattern) => {
    expect(tryPattern(pattern)).toBeUndefined();
  });

  it('never fails to be read', () => {
    const letter = fc.constantFrom(...'ab09()[]{}*+?|\\^$.-,:!<>=PdwsnbxQ/i');
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 14 }), (pattern) => {
        expect(() => tryPattern(pattern)).not.toThrow();
      }),
      { numRuns: 20_000, seed: 3 },
    );
  });
});

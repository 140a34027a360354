import { exactly, policyText, startingWith } from '../../../lib/verdict/reach/languages';
import { dimensionsOf, nameOf, tokensOf, valueOf } from '../../../lib/verdict/reach/properties';

const header = (text: string) => ({ about: { in: 'header', name: 'x' } as const, language: policyText(text) });
const path = (text: string) => ({ about: { in: 'path' } as const, language: exactly(text) });
const claim = (name: string, text: string) => ({ about: { in: 'claim', names: [name] } as const, language: policyText(text) });
const all = (asked: Parameters<typeof dimensionsOf>[0]['asked']) => ({ asked, moved: [], addedTo: [], leftOut: [] });
const noNames = () => new Set<string>();

describe('properties of requests', () => {
  it('are path and method, and headers that somebody asks for, which may be missing', () => {
    const dimensions = dimensionsOf(all([path('/a'), header('b'), header('b')]), 'BASE', noNames);
    expect(dimensions.map(({ about, values }) => [nameOf(about), values.map(({ witness }) => witness)])).toEqual([
      ['path', ['/a', '/']],
      ['method', ['GET']],
      ['header x', [undefined, 'b', expect.any(String)]],
    ]);
    expect([undefined, 'b', 'c'].map((text) => valueOf(dimensions[2], text))).toEqual([0, 1, 2]);
  });

  it.each([
    ['NONE', '/a//b', true],
    ['BASE', '/a//b', true],
    ['MERGE_SLASHES', '/a//b', false],
    ['BASE', '/a/../b', false],
    ['NONE', '/a/../b', true],
    ['DECODE_AND_MERGE_SLASHES', '/a%2Fb', false],
    ['MERGE_SLASHES', '/a%2Fb', true],
  ] as const)('have no path that no proxy lets stand: %s, %s', (normalization, text, isThere) => {
    const [paths] = dimensionsOf(all([path(text), { ...path(''), language: startingWith('/a') }]), normalization, noNames);
    expect(paths.values.some(({ witness }) => witness === text)).toBe(isThere);
  });

  it('are tokens of those who are trusted, divided by claims, one of nobody, and none', () => {
    const texts = (issuers: Parameters<typeof tokensOf>[1]) => tokensOf(all([claim('role', 'clerk')]), issuers).map(({ text }) => text);
    expect(texts([])).toEqual(['no token']);
    expect(texts([{ issuer: 'us', audiences: [] }])).toEqual([
      'no token',
      'a token of us without claim role',
      'a token of us with claim role: clerk',
      'a token of us with another claim role',
      'a token of somebody whom nobody trusts',
    ]);
  });
});

import { ABSENT, described } from '../../../lib/verdict/reach/described';
import { exactly, type Language, policyPath } from '../../../lib/verdict/reach/languages';
import type { Dimension } from '../../../lib/verdict/reach/properties';
import { textClasses } from '../../../lib/verdict/reach/text-classes';

const paths = (...languages: Language[]): Dimension => ({
  about: { in: 'path' },
  languages,
  values: textClasses({ source: '/[^]*', plain: '(?:/[a-z]+)*/?', usual: ['/'] }, languages),
});
const ITEMS = paths(policyPath('/items/*'), policyPath('/items/admin*'), exactly('/orders'));
const said = (dimension: Dimension, isMeant: (path: string | undefined) => boolean) => {
  const meant = dimension.values.flatMap(({ witness }, index) => (isMeant(witness) ? [index] : []));
  const words = described(dimension, meant);
  expect([...new Set(words.flatMap(({ of }) => of))].sort()).toEqual([...meant].sort());
  return words.map(({ any, none }) => `${any.join(' or ')}${none.length > 0 ? ` but ${none.join(' or ')}` : ''}`);
};

describe('values in words', () => {
  it('are nothing to speak of where all are meant', () => {
    expect(said(ITEMS, () => true)).toEqual(['']);
  });

  it('are the words that take no others', () => {
    expect(said(ITEMS, (path = '') => path.startsWith('/items/') || path === '/orders')).toEqual(['/items/* or /orders']);
  });

  it('are the closest word around them, without those that are not meant', () => {
    expect(said(ITEMS, (path = '') => path.startsWith('/items/') && !path.startsWith('/items/admin'))).toEqual([
      '/items/* but /items/admin*',
    ]);
    expect(said(ITEMS, (path = '') => !path.startsWith('/items/admin'))).toEqual([' but /items/admin*']);
  });

  it('may be missing altogether', () => {
    const header: Dimension = { ...ITEMS, about: { in: 'header', name: 'x' }, values: [{ within: new Set() }, ...ITEMS.values] };
    expect(said(header, (path) => path === undefined)).toEqual([ABSENT]);
    expect(said(header, (path) => path === undefined || path === '/orders')).toEqual([ABSENT, '/orders']);
    expect(said(header, (path) => path !== '/orders')).toEqual(['any or none but /orders']);
  });

  it('are told one by one where no words of their own are enough', () => {
    const crossed = paths(policyPath('/a*'), policyPath('*z'), policyPath('/ab*'));
    const both = (path = '') => path.startsWith('/a') && path.endsWith('z') && !path.startsWith('/ab');
    expect(said(crossed, (path) => both(path) || path === '/')).toEqual(expect.arrayContaining([expect.stringContaining('/a* and *z')]));
  });
});

import { byFilter, byMatch, byParts, byRegex, byWhole } from '../../../lib/verdict/routes/rewrites';

const asking = (uri?: Readonly<Record<string, string>>) => ({ uri, ignoresCase: false });

const prefix = (value: string) => ({ type: 'PathPrefix', value });

describe('what a route makes of a path', () => {
  it('is what an expression finds, with its groups; queries stay', () => {
    expect(byRegex('^/cart(/?)(.*)', '/\\2')('/cart/7?a=/cart')).toBe('/7?a=/cart');
    expect(byRegex('/.*', '/x')('/a/b?c')).toBe('/x?c');
    expect(byRegex('a', '$&')('/aa')).toBe('/$&$&');
  });

  it('is unknown where nobody here reads the expression', () => {
    expect(byRegex('(?<name>a)', '/x')('/a')).toBeUndefined();
    expect(byMatch([asking({ regex: '.*' })], '/x')('/a')).toBeUndefined();
    expect(byFilter({ type: 'ReplacePrefixMatch', value: '/x' }, { type: 'RegularExpression', value: '.*' })('/a')).toBeUndefined();
  });

  // Istio swaps text: whoever matches /cart/ and writes /basket gets /basket7.
  it('is the text that was matched in a VirtualService', () => {
    expect(byMatch([asking({ prefix: '/cart/' })], '/basket')('/cart/7')).toBe('/basket7');
    expect(byMatch([asking({ exact: '/cart' }), asking({ prefix: '/c' })], '/x')('/cart')).toBe('/x');
    expect(byMatch([asking()], '/x/')('/a')).toBe('/x/a');
    expect(byMatch([asking({ prefix: '/b' })], '/x')('/a')).toBeUndefined();
    expect(byMatch([{ uri: { prefix: '/Cart' }, ignoresCase: true }], '/x')('/caRt/Y')).toBe('/x/Y');
  });

  it('is whole parts in an HTTPRoute', () => {
    const start = (value: string) => ({ type: 'ReplacePrefixMatch', value });
    expect(byFilter(start('/basket'), prefix('/cart'))('/cart/7?a')).toBe('/basket/7?a');
    expect(byFilter(start('/'), prefix('/cart'))('/cart')).toBe('/');
    expect(byFilter(start('/'), prefix('/'))('/a')).toBe('/a');
    expect(byFilter(start('/v1'), prefix('/'))('/a')).toBe('/v1a');
    expect(byFilter({ type: 'ReplaceFullPath', value: '/x' }, prefix('/cart'))('/cart/7?a')).toBe('/x?a');
  });

  it('is swapped as it stands in a redirect of HTTPRoute', () => {
    expect(byParts(prefix('/old'), '/new')('/old/7?a')).toBe('/new/7?a');
    expect(byParts(prefix('/old/'), '/new')('/old/7')).toBe('/new/7');
    expect(byParts(prefix('/'), '/new/')('/7')).toBe('/new/7');
    expect(byParts({ type: 'Exact', value: '/old' }, '/new')('/old')).toBeUndefined();
    expect([byWhole('/x')('/a?b'), byWhole('/x?c')('/a?b')]).toEqual(['/x?b', '/x?c']);
  });
});

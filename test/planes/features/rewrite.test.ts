import type { RewriteFacts } from '../../../lib/model/route-features';
import { type Fields, routeFeatures } from '../../../lib/planes/features';
import type { PathMatch } from '../../../lib/planes/shaping/path-change';
import { CART } from './route-context';

const { inRoute, lacksWords, byPath, isOfOneRoute } = routeFeatures().find(({ key }) => key === 'rewrite')!;
const at = (value: string, type: PathMatch['type'] = 'PathPrefix'): PathMatch => ({ type, value });
const start = (value: string): RewriteFacts => ({ path: { replaces: 'matched', value } });
const WHOLE: RewriteFacts = { path: { replaces: 'whole', value: '/x' } };

function written(api: 'istio' | 'gateway-api', said: RewriteFacts, place?: PathMatch): Fields {
  return inRoute![api]!(said, { ...CART, named: place, at: place });
}

describe('a rewrite', () => {
  // RE2 replaces whatever it finds: a pattern that begins with ^ is found once.
  it.each<[RewriteFacts, PathMatch | undefined, Fields]>([
    [start('/'), at('/cart'), { match: '^/cart/?', rewrite: '/' }],
    [start('/basket'), at('/a.b'), { match: '^/a\\.b', rewrite: '/basket' }],
    [start('/v1'), undefined, { match: '^/', rewrite: '/v1/' }],
    [start('/'), at('/cart', 'Exact'), { match: '/.*', rewrite: '/' }],
    [WHOLE, at('/cart'), { match: '/.*', rewrite: '/x' }],
  ])('is an expression in a VirtualService: %j', (said, place, uriRegexRewrite) => {
    expect(written('istio', said, place)).toEqual({ rewrite: { uriRegexRewrite, authority: undefined } });
  });

  it('is a filter of HTTPRoute', () => {
    const filter = (urlRewrite: Fields): Fields => ({ filters: [{ type: 'URLRewrite', urlRewrite }] });
    const prefix = { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' };
    expect(written('gateway-api', start('/'), at('/cart'))).toEqual(filter({ path: prefix }));
    expect(written('gateway-api', WHOLE, at('/cart'))).toEqual(filter({ path: { type: 'ReplaceFullPath', replaceFullPath: '/x' } }));
    expect(written('gateway-api', { authority: 'a.b' })).toEqual(filter({ hostname: 'a.b' }));
  });

  it('writes nothing where a beginning takes its own place', () => {
    expect([written('istio', start('/')), written('gateway-api', start('/'))]).toEqual([{}, {}]);
  });

  it('has no words in HTTPRoute for a beginning of all paths', () => {
    const place = { named: at('/'), at: at('/') };
    expect(lacksWords!('gateway-api', start('/v1'), place)).toBe(true);
    expect(lacksWords!('istio', start('/v1'), place)).toBe(false);
    expect(lacksWords!('gateway-api', start('/v1'), { named: at('/'), at: at('/cart') })).toBe(false);
    expect(lacksWords!('gateway-api', { authority: 'a' }, place)).toBe(false);
  });

  it('is about its own requests, one route for each of their paths', () => {
    expect([isOfOneRoute, byPath!(start('/'), 'istio'), byPath!(WHOLE, 'istio')]).toEqual([true, 'path', undefined]);
  });
});

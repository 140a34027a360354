import type { RedirectFacts, RewriteFacts } from '../../../lib/model/route-features';
import { arrivingAt, comingFrom, redirectThrough, rewriteThrough } from '../../../lib/planes/shaping/exposed-paths';
import type { PathMatch } from '../../../lib/planes/shaping/path-change';

const below = (value: string): PathMatch => ({ type: 'PathPrefix', value });
const exactly = (value: string): PathMatch => ({ type: 'Exact', value });
const to = (value: string, replaces: 'matched' | 'whole' = 'matched'): RewriteFacts => ({ path: { replaces, value } });

describe('the paths of an exposed service', () => {
  it('arrive as its gateway sends them on', () => {
    const seen = [undefined, to('/'), to('/x', 'whole'), { authority: 'a' }].map((rewrite) => arrivingAt({ pathPrefix: '/cart', rewrite }));
    expect(seen).toEqual([below('/cart'), below('/'), exactly('/x'), below('/cart')]);
  });

  it('are matched in the words of those who come in', () => {
    const stripped = { pathPrefix: '/cart', rewrite: to('/') };
    expect(comingFrom(stripped, below('/beta'))).toEqual([below('/cart/beta')]);
    expect(comingFrom(stripped, below('/'))).toEqual([below('/cart')]);
    expect(comingFrom(stripped, exactly('/'))).toEqual([exactly('/cart'), exactly('/cart/')]);
    expect(comingFrom({ pathPrefix: '/cart', rewrite: to('/basket') }, below('/other'))).toEqual([]);
    expect(comingFrom({ pathPrefix: '/cart', rewrite: to('/x', 'whole') }, exactly('/x'))).toEqual([below('/cart')]);
    expect(comingFrom({ pathPrefix: '/cart', rewrite: to('/x', 'whole') }, exactly('/y'))).toEqual([]);
    expect(comingFrom({ pathPrefix: '/cart' }, exactly('/'))).toEqual([]);
  });

  it('change by the gateway first, then by the service’s own route', () => {
    const stripped = { pathPrefix: '/cart', rewrite: to('/') };
    expect(rewriteThrough(stripped, below('/cart'), below('/'), undefined)).toEqual(to('/'));
    expect(rewriteThrough(stripped, below('/cart/items'), below('/items'), to('/v2'))).toEqual(to('/v2'));
    expect(rewriteThrough(stripped, exactly('/cart/items'), exactly('/items'), undefined)).toEqual(to('/items'));
    expect(rewriteThrough(stripped, below('/cart'), below('/'), to('/x', 'whole'))).toEqual(to('/x', 'whole'));
    expect(rewriteThrough({ pathPrefix: '/cart', rewrite: { authority: 'a' } }, below('/cart'), below('/'), { authority: 'b' })).toEqual({
      path: undefined,
      authority: 'b',
    });
  });

  it('are those of clients in a redirect that stays with them, and the service’s in one that leaves', () => {
    const stripped = { host: 'shop.example.com', pathPrefix: '/shop', rewrite: to('/') };
    const redirected = (
      at: PathMatch,
      named: PathMatch,
      said: Partial<RedirectFacts>,
      exposed: Parameters<typeof redirectThrough>[0] = stripped,
    ) => redirectThrough(exposed, at, named, { statusCode: 302, ...said }).path;
    const [basket, inside] = [below('/shop/basket'), below('/basket')];
    const matched = (value: string) => ({ replaces: 'matched', value });
    const whole = (value: string) => ({ replaces: 'whole', value });
    expect(redirected(basket, inside, to('/cart'))).toEqual(matched('/shop/cart'));
    expect(redirected(basket, inside, to('/'))).toEqual(matched('/shop'));
    expect(redirected(basket, inside, to('/closed', 'whole'))).toEqual(whole('/shop/closed'));
    expect(redirected(exactly('/shop/basket'), exactly('/basket'), to('/cart'))).toEqual(matched('/shop/cart'));
    expect(redirected(basket, inside, { scheme: 'https' })).toBeUndefined();
    expect(redirected(basket, inside, { host: 'Shop.example.com', ...to('/cart') })).toEqual(matched('/shop/cart'));
    expect(redirected(basket, inside, { host: 'www.example.com', ...to('/cart') })).toEqual(matched('/cart'));
    expect(redirected(basket, inside, { host: 'www.example.com' })).toEqual(matched('/basket'));
    const renamed = { ...stripped, rewrite: to('/api') };
    expect(redirected(basket, below('/api/basket'), to('/elsewhere'), renamed)).toEqual(matched('/elsewhere'));
    expect(redirected(basket, below('/api/basket'), to('/api/cart'), renamed)).toEqual(matched('/shop/cart'));
    expect(redirected(below('/shop'), below('/'), to('/x', 'whole'), { ...stripped, rewrite: to('/x', 'whole') })).toEqual(whole('/shop'));
    expect(redirected(basket, basket, to('/cart'), { ...stripped, rewrite: undefined })).toEqual(matched('/cart'));
  });
});

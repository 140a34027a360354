import {
  changeAt,
  EVERY_PATH,
  isIdle,
  isLostSlash,
  narrowed,
  type PathMatch,
  withOtherStart,
} from '../../../lib/planes/shaping/path-change';

const below = (value: string): PathMatch => ({ type: 'PathPrefix', value });
const exactly = (value: string): PathMatch => ({ type: 'Exact', value });
const start = (value: string) => ({ replaces: 'matched', value }) as const;

describe('a change of paths', () => {
  it('takes the place of what was named, and leaves the rest', () => {
    expect(changeAt(start('/'), below('/cart'), below('/cart'))).toEqual({ of: '/cart', to: '/' });
    expect(changeAt(start('/basket'), below('/cart'), below('/cart/items'))).toEqual({ of: '/cart/items', to: '/basket/items' });
    expect(changeAt(start('/v1'), EVERY_PATH, EVERY_PATH)).toEqual({ of: '/', to: '/v1' });
    expect(changeAt(start('/v1'), EVERY_PATH, below('/cart'))).toEqual({ of: '/cart', to: '/v1/cart' });
  });

  it('is one of a whole path where one path is meant, or said', () => {
    expect(changeAt(start('/'), below('/cart'), exactly('/cart'))).toEqual({ whole: '/' });
    expect(changeAt(start('/basket'), below('/cart'), exactly('/cart/7'))).toEqual({ whole: '/basket/7' });
    expect(changeAt({ replaces: 'whole', value: '/closed' }, below('/cart'), below('/cart/7'))).toEqual({ whole: '/closed' });
  });

  it.each([
    ['/cart', '/cart', '/', '/'],
    ['/cart/', '/cart', '/', '/'],
    ['/cart/*', '/cart', '/basket', '/basket/*'],
    ['/*', '/', '/v1', '/v1/*'],
  ])('makes of %s, where %s becomes %s, %s', (path, of, to, expected) => {
    expect(withOtherStart(path, of, to)).toBe(expected);
  });

  it('is none where a beginning takes its own place', () => {
    expect([isIdle({ of: '/', to: '/' }), isIdle({ of: '/a', to: '/b' }), isIdle({ whole: '/' })]).toEqual([true, false, false]);
  });

  // As istiod's converter of HTTPRoutes writes it: /v1 before all paths makes /v1cart of /cart.
  it('loses a slash in an HTTPRoute where it is before all paths', () => {
    expect(
      [
        { of: '/', to: '/v1' },
        { of: '/', to: '/' },
        { of: '/a', to: '/' },
      ].map(isLostSlash),
    ).toEqual([true, false, false]);
  });

  it('is said in the words of a narrower match', () => {
    expect(narrowed(start('/'), below('/cart'), below('/cart/items'))).toEqual(start('/items'));
    const whole = { replaces: 'whole', value: '/x' } as const;
    expect(narrowed(whole, below('/cart'), below('/cart/items'))).toEqual(whole);
  });
});

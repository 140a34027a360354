import { pathsSetApart, regionsOf, untoldFrom } from '../../../lib/model/edge/guarded-requests';
import type { RouteMatch } from '../../../lib/model/route';
import { USER } from '../../rules/users/user';

const gateway = { key: 'gateway:edge/gateway' };
const users = { anyOf: [USER], port: 443, listenerPort: 443 };
const opening = (pathPrefix: string, more: object = {}) => ({
  gateway,
  host: 'a.example.com',
  protocol: 'http' as const,
  pathPrefix,
  ...more,
});
const match = (parts: Partial<RouteMatch>): RouteMatch => ({ headers: [], queryParams: [], ...parts });

describe('requests that a gateway guards', () => {
  it('are told by path and method', () => {
    expect(regionsOf(opening('/cart/'))).toEqual([{ path: '/cart' }]);
    const matches = [match({ method: 'POST' }), match({ path: { type: 'Exact', value: '/cart/1' } })];
    expect(regionsOf(opening('/cart', { matches }))).toEqual([{ method: 'POST', path: '/cart' }, { path: '/cart/1' }]);
  });

  it('are without the paths below that are exposed as a whole', () => {
    const guarded = opening('/', { users });
    const others = [
      opening('/b'),
      opening('/a'),
      opening('/c', { matches: [match({ method: 'GET' })] }),
      opening('/d', { host: 'b.example.com' }),
    ];
    expect(pathsSetApart({ path: '/' }, guarded, [guarded, ...others])).toEqual(['/a', '/b']);
    expect(pathsSetApart({ path: '/a' }, guarded, [guarded, ...others])).toEqual([]);
    const patterned = opening('/', { users, pathPattern: '/[ab]' });
    expect(pathsSetApart({ path: '/' }, patterned, [patterned, ...others])).toEqual([]);
  });

  it('are not told from others of the same path', () => {
    const guarded = opening('/', { users });
    const other = opening('/', { matches: [match({ headers: [{ name: 'x', type: 'Exact', value: 'y' }] })] });
    expect(untoldFrom(guarded, [guarded, other])).toBe(other);
    expect(untoldFrom(guarded, [guarded, { ...other, users }])).toBeUndefined();
    expect(untoldFrom(guarded, [guarded, { ...other, host: 'b.example.com' }])).toBeUndefined();
    const narrow = opening('/a', { users, pathPattern: '/a/[0-9]' });
    expect(untoldFrom(narrow, [narrow, opening('/')])).toEqual(opening('/'));
  });
});

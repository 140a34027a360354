import type { AuthorizationRule } from '../../lib/cluster/policies/authorization-policies';
import { ELSEWHERE, linesOf, linesOfRule, pathLike } from '../../lib/inquiry/sample-lines';

describe('a line to try', () => {
  it('has a path that the pattern covers', () => {
    expect(['/cart', '/cart/*', '*/admin', '/a/{*}/b', '/a/{**}'].map(pathLike)).toEqual([
      '/cart',
      '/cart/1',
      '/1/admin',
      '/a/1/b',
      '/a/1',
    ]);
  });

  it('is one for each path, with a method that is meant', () => {
    expect(linesOf({ methods: ['POST', 'PUT'], paths: ['/a', '/b/*'] })).toEqual([
      { method: 'POST', path: '/a' },
      { method: 'POST', path: '/b/1' },
    ]);
    expect(linesOf({ methods: [], paths: [] })).toEqual([{ method: 'GET', path: ELSEWHERE }]);
  });

  it('comes of a rule of a policy as well, with whatever it asks for that a caller may choose', () => {
    const linesAsked = (to: object[], when: object[] = []) => linesOfRule({ from: [], to, when } as unknown as AuthorizationRule);
    expect(linesAsked([{ ports: ['8080'] }])).toEqual([{ method: 'GET', path: ELSEWHERE }]);
    expect(linesAsked([{ methods: ['*'], paths: ['/a'] }])).toEqual([{ method: 'GET', path: '/a' }]);
    expect(linesAsked([{ notMethods: ['GET'] }])).toEqual([{ method: 'POST', path: ELSEWHERE }]);
    expect(linesAsked([{ notPaths: [ELSEWHERE] }])).toEqual([{ method: 'GET', path: '/another' }]);
    const headers = { 'x-debug': '1' };
    expect(linesAsked([], [{ key: 'request.headers[X-Debug]', values: ['1'], notValues: [] }])).toEqual([
      { method: 'GET', path: ELSEWHERE, headers },
    ]);
  });
});

import { ELSEWHERE, linesOf, linesOfOperation, pathLike } from '../../lib/inquiry/sample-lines';

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

  it('comes of an operation of a policy as well, whatever that leaves out', () => {
    expect(linesOfOperation({ ports: ['8080'] })).toEqual([{ method: 'GET', path: ELSEWHERE }]);
    expect(linesOfOperation({ methods: ['*'], paths: ['/a'] })).toEqual([{ method: 'GET', path: '/a' }]);
  });
});

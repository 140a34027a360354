import { PathRewrite } from 'istio-constructs';
import { expectRefusal } from '../../../support/refusal';

describe('a new path', () => {
  it('is another beginning, without a slash at its end, or a whole path', () => {
    expect(PathRewrite.prefix('/basket/')._facts).toEqual({ replaces: 'matched', value: '/basket' });
    expect(PathRewrite.prefix('/')._facts).toEqual({ replaces: 'matched', value: '/' });
    expect(PathRewrite.whole('/a/')._facts).toEqual({ replaces: 'whole', value: '/a/' });
  });

  it.each(['basket', '/a?b', '/a b', '/a//b', ''])('fails as a path that no request has: %s', (path) => {
    const refusal = { code: 'MESH006', path: 'PathRewrite', fix: 'write the plain path' };
    expectRefusal(() => PathRewrite.prefix(path), refusal);
    expectRefusal(() => PathRewrite.whole(path), refusal);
  });
});

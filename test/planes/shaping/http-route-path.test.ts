import { httpRoutePath } from '../../../lib/planes/shaping/http-route-path';

describe('a new path in an HTTPRoute', () => {
  it('is whole, or another prefix', () => {
    expect(httpRoutePath({ whole: '/a' })).toEqual({ type: 'ReplaceFullPath', replaceFullPath: '/a' });
    expect(httpRoutePath({ of: '/a', to: '/b' })).toEqual({ type: 'ReplacePrefixMatch', replacePrefixMatch: '/b' });
  });
});

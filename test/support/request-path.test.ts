import { isPlainPath, requireMatchedPath, requirePathPrefix, requireRequestPath } from '../../lib/support/request-path';
import { expectRefusal } from './refusal';

// What the API server refuses in a path of an HTTPRoute.
const REFUSED = [
  '',
  'cart',
  '//',
  '/a//b',
  '/.',
  '/..',
  '/a/.',
  '/a/..',
  '/a/./b',
  '/a/../b',
  '/a?b=c',
  '/a#b',
  '/a b',
  '/ü',
  '/%',
  '/%4',
  '/%zz',
];

describe('the path of a request', () => {
  it.each(['/', '/cart', '/cart/', '/a/b.png', '/.well-known/x', '/...', '/a..b', '/%C3%BC', "/-_~!$&'()+,;=:@"])(
    'is %p as it stands',
    (path) => {
      expect(requireRequestPath('test', path)).toBe(path);
      expect(requireMatchedPath('test', path)).toBe(path);
    },
  );

  it.each([...REFUSED, '/cart/*'])('fails for %p', (path) => {
    const refusal = { code: 'MESH006', path: 'test', fix: 'plain path', got: path };
    expectRefusal(() => requireRequestPath('test', path), refusal);
    expectRefusal(() => requirePathPrefix('test', path), refusal);
  });

  it.each(['/a%2Fb', '/%2f', '/a/%2Fb%2f'])('is what a probe asks for, but no route takes %p', (path) => {
    expect(requireRequestPath('test', path)).toBe(path);
    const refusal = { code: 'MESH069', path: 'test', fix: 'as a prefix', got: path };
    expectRefusal(() => requireMatchedPath('test', path), refusal);
    expectRefusal(() => requirePathPrefix('test', path), refusal);
  });

  it('is told by 1024 characters at most', () => {
    const [most, more] = [`/${'a'.repeat(1023)}`, `/${'a'.repeat(1024)}`];
    expect(requireMatchedPath('test', most)).toBe(most);
    expectRefusal(() => requireMatchedPath('test', more), { code: 'MESH070', path: 'test', fix: 'shorter', got: '/aaa' });
    expect(() => requirePathPrefix('test', more)).toThrow('(1025 characters)');
  });
});

describe('the prefix of a path', () => {
  it.each([
    ['/cart', '/cart'],
    ['/cart/', '/cart'],
    ['/a/b/', '/a/b'],
    ['/', '/'],
  ])('means whole parts: %p is %p', (given, prefix) => {
    expect(requirePathPrefix('test', given)).toBe(prefix);
  });
});

describe('a plain path', () => {
  it.each(['', '/', '.png', '/a', '/a/', '/..a', '/a..', '/...'])('is %p', (path) => {
    expect(isPlainPath(path)).toBe(true);
  });

  it.each(['//', '/a//', '/.', '/a/..', '/../a', '/a*', '/ü', '/a b', '/%', '/a[', '/a\\b'])('is not %p', (path) => {
    expect(isPlainPath(path)).toBe(false);
  });

  it('may go on behind its open end, but not before', () => {
    expect(['/.', '/a/..', '/a/'].map((path) => isPlainPath(path, { end: true }))).toEqual([true, true, true]);
    expect(['/./', '/../a', '//'].map((path) => isPlainPath(path, { end: true }))).toEqual([false, false, false]);
  });
});

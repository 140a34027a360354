import { requirePathPrefix, requireRequestPath } from '../../lib/support/request-path';
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
      expect(requireRequestPath('WorkloadProbe', path)).toBe(path);
    },
  );

  it.each([...REFUSED, '/cart/*'])('fails for %p', (path) => {
    const refusal = { code: 'MESH006', path: 'WorkloadProbe', fix: 'plain path', got: path };
    expectRefusal(() => requireRequestPath('WorkloadProbe', path), refusal);
    expectRefusal(() => requirePathPrefix('WorkloadProbe', path), refusal);
  });
});

describe('the prefix of a path', () => {
  it.each([
    ['/cart', '/cart'],
    ['/cart/', '/cart'],
    ['/a/b/', '/a/b'],
    ['/', '/'],
  ])('means whole parts: %p is %p', (given, prefix) => {
    expect(requirePathPrefix('RequestMatch', given)).toBe(prefix);
  });
});

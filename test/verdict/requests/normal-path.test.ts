import { normalPath } from '../../../lib/verdict/requests/normal-path';

// As a plain Envoy 1.40 was seen to send them on: as it is, BASE, MERGE_SLASHES, DECODE_AND_MERGE_SLASHES.
const SEEN: readonly (readonly [string, string, string, string])[] = [
  ['/admin/', '/admin/', '/admin/', '/admin/'],
  ['//admin', '//admin', '/admin', '/admin'],
  ['/%61dm%69n', '/admin', '/admin', '/admin'],
  ['/a/.%2E/./admin', '/admin', '/admin', '/admin'],
  ['/a/..%2fadmin', '/a/..%2fadmin', '/a/..%2fadmin', '/admin'],
  ['/\\admin', '//admin', '/admin', '/admin'],
  ['/a%5C..%5cadmin', '/a%5C..%5cadmin', '/a%5C..%5cadmin', '/admin'],
  ['/admin;x', '/admin;x', '/admin;x', '/admin;x'],
  ['/a/..;x/admin', '/admin', '/admin', '/admin'],
  ['/a/%2e%2e;/b', '/a/..;/b', '/a/..;/b', '/a/..;/b'],
  ['/a/b/..', '/a/', '/a/', '/a/'],
  ['/a//../b', '/a/b', '/a/b', '/a/b'],
  ['/..', '/', '/', '/'],
  ['/a?b=../c//d%2F', '/a?b=../c//d%2F', '/a?b=../c//d%2F', '/a?b=../c//d%2F'],
  ['/a|b%3Bc%7e', '/a%7Cb%3Bc~', '/a%7Cb%3Bc~', '/a%7Cb%3Bc~'],
  ['/a%252Fb', '/a%252Fb', '/a%252Fb', '/a%252Fb'],
];

describe('a path that proxies put in order', () => {
  it.each(SEEN)('is what Envoy makes of %s', (path, base, merged, decoded) => {
    expect(normalPath(path, 'BASE')).toBe(base);
    expect(normalPath(path, 'MERGE_SLASHES')).toBe(merged);
    expect(normalPath(path, 'DECODE_AND_MERGE_SLASHES')).toBe(decoded);
  });

  it.each(SEEN)('stays %s where the mesh says so', (path) => {
    expect(normalPath(path, 'NONE')).toBe(path);
  });
});

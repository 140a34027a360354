import { requireToken } from '../../../lib/support/bounds/token';
import { expectRefusal } from '../refusal';

describe('a token', () => {
  it.each(['x-user', 'Group', 'a_b.c!'])('is taken: %s', (name) => {
    expect(requireToken('here', 'header name', name)).toBe(name);
  });

  it.each(['', 'a b', 'a=b', 'ä', 'a;b'])('fails with a separator or without a letter: %p', (name) => {
    expectRefusal(() => requireToken('here', 'header name', name), { code: 'MESH007', path: 'here', fix: 'header name' });
  });

  it('fails when it is longer than the API server takes', () => {
    expect(requireToken('here', 'header name', 'a'.repeat(256))).toHaveLength(256);
    expectRefusal(() => requireToken('here', 'header name', 'a'.repeat(257)), { code: 'MESH070', path: 'here', fix: '' });
  });
});

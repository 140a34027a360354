import { requireLength } from '../../../lib/support/bounds/text-length';
import { expectRefusal } from '../refusal';

describe('the length of a match', () => {
  it('is what the API server takes', () => {
    expect(requireLength('test', 'a path', 'abc', 3)).toBe('abc');
  });

  it('fails beyond that, with the beginning and the number', () => {
    const act = () => requireLength('test', 'a path', 'b'.repeat(100), 99);
    expectRefusal(act, { code: 'MESH070', path: 'test', fix: 'shorter', got: `${'b'.repeat(40)}… (100 characters)` });
    expect(act).toThrow('a path by which requests are told apart has at most 99 characters');
  });
});

import { isBefore, padded } from '../../../lib/support/versions/version-order';

describe('versions', () => {
  it.each([
    ['1.29.9', '1.30.0', true],
    ['1.30.0', '1.29.9', false],
    ['1.30.5', '1.30.10', true],
    ['1.6', '1.10', true],
    ['1.31.1', '1.31.1', false],
  ])('%s before %s: %s', (version, other, expected) => {
    expect(isBefore(version, other)).toBe(expected);
  });

  it('sort by their numbers', () => {
    expect(['1.30.10', '1.4.0', '1.30.9'].map(padded).sort()).toEqual(['1.4.0', '1.30.9', '1.30.10'].map(padded));
  });
});

import { Duration } from 'cdk8s';
import { timespan } from '../../../lib/support/options/timespan';

describe('a duration', () => {
  const { isOne, wanted } = timespan<Duration>();

  it('is known by what it can do, whoever made it', () => {
    expect([Duration.seconds(1), { toMilliseconds: () => 1000 }].map(isOne)).toEqual([true, true]);
    expect(wanted).toBe('a Duration');
  });

  it.each([5, '5s', null, undefined, {}])('is not %p', (value) => {
    expect(isOne(value)).toBe(false);
  });
});

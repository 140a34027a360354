import { Duration } from 'cdk8s';
import { DURATION } from '../../../lib/values/traffic/duration';

describe('a Duration', () => {
  it.each([Duration.seconds(5), Duration.millis(0), { toMilliseconds: () => 5 }])('is told by what it can do: %s', (value) => {
    expect(DURATION.isOne(value)).toBe(true);
  });

  it.each([5, '5s', null, undefined, {}, { toMilliseconds: 5 }, Duration])('is none: %p', (value) => {
    expect(DURATION.isOne(value)).toBe(false);
  });
});

import { Duration } from 'cdk8s';
import { optionalMilliseconds, requireMilliseconds } from '../../../lib/support/bounds/milliseconds';
import { expectRefusal } from '../refusal';

describe('milliseconds of a duration', () => {
  it.each([
    [Duration.millis(1), 1],
    [Duration.seconds(5), 5000],
    [Duration.hours(99_999), 99_999 * 3_600_000],
  ])('are whole ones: %p', (duration, ms) => {
    expect(requireMilliseconds('here', 'timeout', duration)).toBe(ms);
    expect(optionalMilliseconds('here', 'timeout', duration)).toBe(ms);
  });

  it('are none of none', () => {
    expect(optionalMilliseconds('here', 'timeout', undefined)).toBeUndefined();
  });

  it.each([
    [Duration.millis(0), 'MESH016'],
    [Duration.millis(1.5), 'MESH016'],
    [Duration.hours(100_000), 'MESH073'],
  ])('fail for what no route takes: %p', (duration, code) => {
    expectRefusal(() => requireMilliseconds('here', 'timeout', duration), { code, path: 'here', fix: 'timeout' });
  });
});

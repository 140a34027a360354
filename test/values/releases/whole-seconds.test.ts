import { Duration } from 'cdk8s';
import { wholeSeconds } from '../../../lib/values/releases/whole-seconds';
import { expectRefusal } from '../../support/refusal';

describe('a time of a release controller', () => {
  it.each([
    [Duration.seconds(1), '1s'],
    [Duration.minutes(2), '120s'],
    [Duration.millis(3000), '3s'],
  ])('is written in seconds: %p', (duration, text) => {
    expect(wholeSeconds('here', 'interval', duration)).toBe(text);
  });

  it.each([0, 500, 1500])('fails for %d milliseconds', (ms) => {
    const act = () => wholeSeconds('here', 'interval', Duration.millis(ms));
    expectRefusal(act, { code: 'MESH749', path: 'here', fix: 'in seconds', got: `${ms} ms` });
  });
});

import { secondsText, tryMilliseconds } from '../../lib/rules/route-durations';

describe('a duration in a route', () => {
  it.each([
    ['10s', 10_000],
    ['0.5s', 500],
    ['100ms', 100],
    ['1m30s', 90_000],
    ['2h', 7_200_000],
  ])('reads %s', (text, milliseconds) => {
    expect(tryMilliseconds(text)).toBe(milliseconds);
  });

  it.each(['', '10', 's', '-1s', 'soon', 10, undefined])('fails to read %s, and says nothing of it', (text) => {
    expect(tryMilliseconds(text)).toBeUndefined();
  });

  it('writes seconds', () => {
    expect(secondsText(1500)).toBe('1.5s');
  });
});

import { gatewayDuration, seconds } from '../../lib/support/durations';

const DAY = 86_400_000;

describe('a duration', () => {
  it.each([
    [1, '0.001s', '1ms'],
    [250, '0.25s', '250ms'],
    [1000, '1s', '1s'],
    [1500, '1.5s', '1s500ms'],
    [120_000, '120s', '120s'],
    [99_999_999, '99999.999s', '99999s999ms'],
    [2 * DAY, '172800s', '48h'],
    [2 * DAY + 61_001, '172861.001s', '48h61s1ms'],
  ])('of %d ms is %s to Istio, and %s to the Gateway API', (ms, istio, gatewayApi) => {
    expect([seconds(ms), gatewayDuration(ms)]).toEqual([istio, gatewayApi]);
  });

  // The pattern of the Gateway API's CRD.
  it.each([1, 999, 1000, 59_999, 3_600_000, 99_999_999, 100_000_000, 7 * DAY, 365 * DAY + 999])(
    'of %d ms is one that the API server takes, and as long as it was',
    (ms) => {
      const written = gatewayDuration(ms);
      expect(written).toMatch(/^([0-9]{1,5}(h|m|s|ms)){1,4}$/);
      const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
      const parts = [...written.matchAll(/(\d+)(ms|[hms])/g)];
      expect(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit], 0)).toBe(ms);
    },
  );

  it('of nothing is said with a unit', () => {
    expect([seconds(0), gatewayDuration(0)]).toEqual(['0s', '0s']);
  });
});

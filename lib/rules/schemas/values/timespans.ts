const NANOSECONDS: Readonly<Record<string, number>> = { h: 3.6e12, m: 6e10, s: 1e9, ms: 1e6, us: 1e3, µs: 1e3, μs: 1e3, ns: 1 };
const PART = '(\\d+\\.?\\d*|\\.\\d+)(ms|us|µs|μs|ns|h|m|s)';
const MILLISECOND = 1e6;

/** Nanoseconds of a duration in the words that Istio reads; undefined for what is none. */
function nanoseconds(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!new RegExp(`^[+-]?(${PART})+$`).test(text)) return undefined;
  const sum = [...text.matchAll(new RegExp(PART, 'g'))].reduce(
    (total, [, amount, unit]) => total + Math.round(Number(amount) * NANOSECONDS[unit]),
    0,
  );
  return text.startsWith('-') ? -sum : sum;
}

/** Istio takes durations of whole milliseconds, and not none at all. */
export function isNoTimespan(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const said = nanoseconds(value);
  return said === undefined || said < MILLISECOND || said % MILLISECOND !== 0;
}

/** The same, where zero means no limit. */
export function isNoLimit(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const said = nanoseconds(value);
  return said === undefined || (Math.abs(said) >= MILLISECOND && isNoTimespan(value));
}

/** Whether it is no duration at all. */
export function isUnreadable(value: unknown): boolean {
  return typeof value === 'string' && nanoseconds(value) === undefined;
}

/** Whether it has a part of a second. */
export function isNotOfSeconds(value: unknown): boolean {
  return typeof value === 'string' && (nanoseconds(value) ?? 0) % (1000 * MILLISECOND) !== 0;
}

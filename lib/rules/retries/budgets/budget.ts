/** Tries and times, in milliseconds. */
export interface Budget {
  readonly attempts?: number;
  readonly perTry?: number;
  readonly timeout?: number;
}

/** Not all tries fit, where each takes its time. A timeout of 0s means none. */
export function isImpossible({ attempts = 0, perTry = 0, timeout = 0 }: Budget): boolean {
  return attempts > 0 && timeout > 0 && (1 + attempts) * perTry > timeout;
}

/** The sum that does not fit, in words. */
export function sumText({ attempts = 0, perTry = 0, timeout = 0 }: Budget): string {
  return `(1 + ${attempts}) x ${secondsText(perTry)} = ${secondsText((1 + attempts) * perTry)} > ${secondsText(timeout)}`;
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 0.001, ns: 0.000001 };

/** Milliseconds of a duration such as `1.5s` or `1m30s`; absent for anything else. */
export function tryMilliseconds(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$/.test(value)) return undefined;
  const parts = value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g);
  return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit], 0);
}

/** `1500` as `1.5s`. */
function secondsText(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

import { compareText } from '../../support/ordering';

/** One condition on a label, as it stands between the braces. */
export type Matcher = string;

/** A label that has one of these values, each meant letter by letter. */
export function isOneOf(label: string, values: readonly string[]): Matcher {
  const all = [...new Set(values)].sort(compareText);
  return all.length === 1 ? `${label}="${all[0]}"` : `${label}=~"${all.map(literal).join('|')}"`;
}

/** A label whose whole value is like this. */
export function isLike(label: string, pattern: string): Matcher {
  return `${label}=~"${pattern}"`;
}

/** The series of a metric on which all of this holds. */
export function seriesOf(metric: string, matchers: readonly Matcher[]): string {
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(',')}}`;
}

/** How much a counter grows in a second. */
export function rateOf(metric: string, matchers: readonly Matcher[], window: string): string {
  return `rate(${seriesOf(metric, matchers)}[${window}])`;
}

/** A number without what binary fractions add to it: 100 - 99.9 is 0.1. */
export function plain(value: number): number {
  return Number(value.toPrecision(12));
}

/** A time as Prometheus writes it, in the largest units that it is whole in. */
export function promDuration(seconds: number): string {
  const parts = UNITS.reduce<{ rest: number; text: string }>(
    ({ rest, text }, [unit, size]) => {
      const amount = Math.floor(rest / size);
      return { rest: rest - amount * size, text: amount > 0 ? `${text}${amount}${unit}` : text };
    },
    { rest: seconds, text: '' },
  );
  return parts.text || '0s';
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

// A dot in brackets needs no second backslash, and reads as what it is.
function literal(value: string): string {
  return value.replace(/[.]/g, '[.]');
}

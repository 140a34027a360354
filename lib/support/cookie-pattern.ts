import { escapedPattern } from './escaped-pattern';

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** The pattern of a whole `cookie` header that has all of some cookies, in whatever order and among others. */
export function cookiePattern(cookies: readonly Cookie[]): string {
  const orders = permutations(cookies.map(({ name, value }) => `${escapedPattern(name)}=${escapedPattern(value)}`));
  const alternatives = orders.map((pairs) => pairs.join('; ?(.*; ?)?'));
  return `^(.*; ?)?${alternatives.length > 1 ? `(?:${alternatives.join('|')})` : alternatives[0]}(;.*)?$`;
}

function permutations(items: readonly string[]): string[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((others) => [item, ...others]));
}

import { perObject } from '../../support/kept/per-object';
import type { Dimension } from './properties';

/** Some values of a dimension, in the words by which they were told apart: all that any of some words takes, and none that others take. */
export interface Described {
  /** Empty for all there is. */
  readonly any: readonly string[];
  readonly none: readonly string[];
  /** The values that are meant. */
  readonly of: readonly number[];
}

/** Few words for some values, and that they may be missing. */
export function described(dimension: Dimension, meant: readonly number[]): readonly Described[] {
  const [words, values] = [known(dimension), meant.join()];
  const found = words.get(values) ?? describedAnew(dimension, meant);
  words.set(values, found);
  return found;
}

const known = perObject((_: Dimension) => new Map<string, readonly Described[]>());

function describedAnew({ languages, values }: Dimension, meant: readonly number[]): readonly Described[] {
  if (meant.length === values.length) return [{ any: [], none: [], of: meant }];
  const sets = languages.map(({ name }, index) => ({ name, of: membersOf(values, index) }));
  const wanted = new Set(meant.filter((index) => values[index].witness !== undefined));
  const missing = meant.filter((index) => !wanted.has(index));
  const absent = missing.length > 0 ? [{ any: [ABSENT], none: [], of: missing }] : [];
  if (wanted.size === 0) return absent;
  const ways = [around(wanted, wanted, sets, values), piecewise(wanted, sets, values)];
  const best = ways.reduce((found, way) => (wordsIn(way) < wordsIn(found) ? way : found));
  return absent.length > 0 && isAllBut(best) ? [{ ...best[0], any: [PERHAPS], of: [...missing, ...best[0].of] }] : [...absent, ...best];
}

const isAllBut = (way: readonly Described[]): boolean => way.length === 1 && way[0].any.length === 0;

const wordsIn = (way: readonly Described[]): number => way.reduce((sum, { any, none }) => sum + 1 + any.length + none.length, 0);

/** The widest words that take none but these, then for what is left the closest word around it, without the others that it takes. */
function piecewise(wanted: ReadonlySet<number>, sets: readonly Named[], values: Dimension['values']): Described[] {
  const { names, left } = covered(wanted, sets);
  const named = [...wanted].filter((index) => !left.has(index));
  const rest = left.size > 0 ? around(left, wanted, sets, values) : [];
  return [...(named.length > 0 ? [{ any: names, none: [], of: named }] : []), ...rest];
}

export const ABSENT = '(none)';

/** Any, and nothing at all as well. */
const PERHAPS = 'any or none';

interface Named {
  readonly name: string;
  readonly of: ReadonlySet<number>;
}

function membersOf(values: Dimension['values'], language: number): ReadonlySet<number> {
  return new Set(values.flatMap(({ within }, index) => (within.has(language) ? [index] : [])));
}

/** Names of sets that have no other members than these, the widest first, and the members that none of them has. */
function covered(wanted: ReadonlySet<number>, sets: readonly Named[]): { readonly names: string[]; readonly left: ReadonlySet<number> } {
  const inside = sets.filter(({ of }) => of.size > 0 && [...of].every((one) => wanted.has(one)));
  const left = new Set(wanted);
  const names: string[] = [];
  for (const { name, of } of [...inside].sort((a, b) => b.of.size - a.of.size)) {
    if (![...of].some((one) => left.has(one))) continue;
    names.push(name);
    of.forEach((one) => left.delete(one));
  }
  return { names, left };
}

function around(rest: ReadonlySet<number>, wanted: ReadonlySet<number>, sets: readonly Named[], values: Dimension['values']): Described[] {
  const whole = { name: undefined, of: new Set(values.flatMap(({ witness }, index) => (witness === undefined ? [] : [index]))) };
  const wide = [...sets, whole].filter(({ of }) => [...rest].every((one) => of.has(one)));
  const closest = wide.reduce((best, one) => (one.of.size < best.of.size ? one : best));
  const others = new Set([...closest.of].filter((one) => !wanted.has(one)));
  const { names, left } = covered(others, sets);
  if (left.size === 0) return [{ any: closest.name === undefined ? [] : [closest.name], none: names, of: [...rest] }];
  return [...rest].map((index) => onlyOne(index, sets));
}

/** One value, by all that takes it and all that does not. */
function onlyOne(index: number, sets: readonly Named[]): Described {
  const [inside, outside] = [true, false].map((is) => sets.filter(({ of }) => of.size > 0 && of.has(index) === is).map(({ name }) => name));
  return { any: inside.length > 0 ? [inside.join(' and ')] : [], none: outside, of: [index] };
}

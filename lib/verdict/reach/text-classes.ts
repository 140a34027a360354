import { DFA, Words } from 'refa';
import { automatonOf, type Language, literal } from './languages';

/** Texts that none of some languages tells apart, and one of them. */
export interface TextClass {
  readonly witness: string;
  /** Which of the languages they are in, by number. */
  readonly within: ReadonlySet<number>;
}

/** What there is to divide, and which texts are to be shown where there is a choice. */
export interface Universe {
  readonly source: string;
  /** Texts that nobody meets: a proxy makes another one of each. */
  readonly without?: readonly string[];
  /** Texts that people know; the first that fits is taken. */
  readonly usual?: readonly string[];
  /** Texts that stand for nothing but themselves: another one is shown where there is one. */
  readonly taken?: ReadonlySet<string>;
  /** Texts that are easy to read. */
  readonly plain: string;
}

/**
 * All texts of a universe, divided so that no language tells those of one class apart. A language of a single text is no automaton: it is tried on the others, and
 * its text is left out where a class shows one.
 */
export function textClasses(universe: Universe, languages: readonly Language[]): TextClass[] {
  const { whole, plain } = automataOf(universe);
  const points = new Set(languages.flatMap(({ only }) => only ?? []).filter((text) => accepts(whole, text)));
  const wide = [...new Map(languages.filter(({ only }) => only === undefined).map((one) => [one.id, one])).values()];
  const parts = wide.reduce((found, language) => found.flatMap((part) => divided(part, language.automaton())), [whole]);
  const { taken = NONE, usual = [] } = universe;
  const kept = taken.size === 0 ? points : new Set([...points, ...taken]);
  const witnesses = parts.flatMap((part) => witnessOf(part, plain, kept, usual) ?? firstWord(part, points) ?? []);
  return [...points, ...witnesses].map((witness) => ({ witness, within: withinOf(witness, languages) }));
}

const NONE: ReadonlySet<string> = new Set();

export function withinOf(text: string, languages: readonly Language[]): ReadonlySet<number> {
  return new Set(languages.flatMap((language, index) => (language.has(text) ? [index] : [])));
}

interface Automata {
  readonly whole: DFA;
  readonly plain: DFA;
}

const automata = new WeakMap<Universe, Automata>();

/** Made once for a universe, of which there are few. */
function automataOf(universe: Universe): Automata {
  const known = automata.get(universe) ?? { whole: wholeOf(universe), plain: automatonOf(universe.plain) };
  automata.set(universe, known);
  return known;
}

function wholeOf({ source, without = [] }: Universe): DFA {
  return without.reduce((whole, one) => both(whole, outside(automatonOf(one))), automatonOf(source));
}

function accepts(part: DFA, text: string): boolean {
  return part.test(Words.fromStringToUTF16(text));
}

function divided(part: DFA, by: DFA): DFA[] {
  return [by, outside(by)].map((side) => both(part, side)).filter(({ isEmpty }) => !isEmpty);
}

function outside(part: DFA): DFA {
  const others = part.copy();
  others.complement();
  return others;
}

function both(one: DFA, other: DFA): DFA {
  const common = DFA.fromIntersection(one, other);
  common.minimize();
  return common;
}

/** The shortest that is easy to read, else the shortest there is; none where single texts are all there are. */
function witnessOf(part: DFA, plain: DFA, points: ReadonlySet<string>, usual: readonly string[]): string | undefined {
  const known = usual.find((text) => !points.has(text) && accepts(part, text));
  return known ?? firstWord(both(part, plain), points) ?? firstWord(part, points);
}

/** The shortest, and of those the first by its letters, that is none of some texts. */
function firstWord(part: DFA, points: ReadonlySet<string>): string | undefined {
  let rest = part;
  for (;;) {
    const text = shortestOf(rest);
    if (text === undefined || !points.has(text)) return text;
    rest = both(rest, outside(automatonOf(literal(text))));
  }
}

/** Each state once: the texts that lead to it are of one length, and as many as there are letters to the power of that. */
function shortestOf({ initial, finals }: DFA): string | undefined {
  const ends: ReadonlySet<DFA.ReadonlyNode> = finals;
  const found = new Map<DFA.ReadonlyNode, readonly number[]>([[initial, []]]);
  for (const [node, word] of found) {
    if (ends.has(node)) return Words.fromUTF16ToString([...word]);
    for (const [{ min }, next] of node.out) found.set(next, found.get(next) ?? [...word, min]);
  }
  return undefined;
}

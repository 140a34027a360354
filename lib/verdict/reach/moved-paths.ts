import { DFA, NFA, Words } from 'refa';
import type { Moved } from './asked';
import { automatonOf, exactly, type Language, literal, matching } from './languages';

// A gateway and a proxy in the mesh: nobody rewrites a path a third time.
const REWRITES = 2;

/** The languages of paths that are compared after a rewrite, as languages of the paths that are asked for, beside those that are compared as they come. */
export function asAskedFor(languages: readonly Language[], moves: readonly Moved[]): Language[] {
  const edges = moves.flatMap(({ from }) => [exactly(from), exactly(`${from}/`)]);
  let latest = [...languages, ...edges, ...(moves.length > 0 ? [UNORDERLY] : [])];
  const all = [...latest];
  for (let round = 0; round < REWRITES && moves.length > 0; round += 1) {
    latest = latest.flatMap((language) => moves.flatMap((move) => before(move, language) ?? []));
    all.push(...latest);
  }
  return [...new Map(all.map((language) => [language.id, language])).values()];
}

/** Paths that the next proxy makes others of: what becomes of them is divided no further. */
export const UNORDERLY = matching('a path with dots or empty parts', String.raw`[^]*(?:/\.\.?(?:[/;][^]*)?|//[^]*)`);

/** Texts that are in a language once their beginning is another; none where no text is. */
function before({ from, to }: Moved, language: Language): Language | undefined {
  const rest = restOf(language.automaton(), to);
  if (!rest || rest.isEmpty) return undefined;
  const name = language.name.startsWith(to) ? `${from}${language.name.slice(to.length)}` : `${from}* that arrives as ${language.name}`;
  const only = language.only === undefined ? undefined : `${from}${language.only.slice(to.length)}`;
  return {
    name,
    only,
    id: only === undefined ? `${from} > ${to}: ${language.id}` : exactly(only).id,
    has: (text) => text.startsWith(from) && language.has(to + text.slice(from.length)),
    automaton: () => after(from, rest),
  };
}

/** What may follow a beginning. */
function restOf(automaton: DFA, start: string): DFA | undefined {
  let node: DFA.ReadonlyNode | undefined = automaton.initial;
  for (const character of Words.fromStringToUTF16(start)) node = node?.out.get(character);
  const { maxCharacter } = automaton;
  return node && DFA.fromTransitionIterator({ ...automaton.transitionIterator(), initial: node }, { maxCharacter });
}

function after(start: string, rest: DFA): DFA {
  const whole = NFA.fromFA(automatonOf(literal(start)));
  whole.append(NFA.fromFA(rest));
  return DFA.fromFA(whole);
}

import { DFA, JS, NFA } from 'refa';

/** A set of texts that a policy or a route names: `/items/*`, `GET`, `{a|b}+`. */
export interface Language {
  /** As people write it. */
  readonly name: string;
  /** The only text in it, where there is but one. */
  readonly only?: string;
  /** The same for languages of the same texts, as far as anybody sees without trying. */
  readonly id: string;
  has(text: string): boolean;
  /** What takes its texts. */
  automaton(): DFA;
}

export const exactly = (text: string): Language => ({
  name: text,
  only: text,
  id: literal(text),
  has: (one) => one === text,
  automaton: () => automatonOf(literal(text)),
});

/** Whatever an expression takes that Envoy and JavaScript read alike. */
export function matching(name: string, source: string): Language {
  const pattern = new RegExp(`^(?:${source})$`);
  return { name, id: source, has: (text) => pattern.test(text), automaton: () => automatonOf(source) };
}

export const startingWith = (start: string): Language => matching(`${start}*`, `${literal(start)}${ANYTHING}`);

/** A text, or a beginning, whose letters count as equal, small or capital. */
export function inAnyLetters(text: string, isBeginning: boolean): Language {
  const source = literal(text).replace(/(?<!\\)[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return matching(`${text}${isBeginning ? '*' : ''} in any letters`, `${source}${isBeginning ? ANYTHING : ''}`);
}

/** A path, and all that is below it. */
export function below(path: string): Language {
  const start = path.replace(/\/$/, '');
  return matching(start === '' ? '/*' : `${start} and below`, `${literal(start)}(?:/${ANYTHING})?`);
}

/** A value of an AuthorizationPolicy: exact, `prefix*`, `*suffix`, or `*` for anything that is there. */
export function policyText(pattern: string): Language {
  if (pattern === '*') return matching('*', SOMETHING);
  if (pattern.startsWith('*')) return matching(pattern, `${ANYTHING}${literal(pattern.slice(1))}`);
  return pattern.endsWith('*') ? startingWith(pattern.slice(0, -1)) : exactly(pattern);
}

/** The same of a path, where `{*}` is one part and `{**}` any number of them. */
export function policyPath(pattern: string): Language {
  if (!/\{\*\*?\}/.test(pattern)) return policyText(pattern);
  const parts = pattern.split(/(\{\*\*?\})/).map((part) => (part === '{*}' ? '[^/]+' : part === '{**}' ? ANYTHING : literal(part)));
  return matching(pattern, parts.join(''));
}

const ANYTHING = '[^]*';
const SOMETHING = '[^]+';

export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** What takes the texts that an expression takes as a whole. */
export function automatonOf(source: string): DFA {
  const { expression, maxCharacter } = JS.Parser.fromLiteral({ source, flags: '' }).parse();
  const automaton = DFA.fromFA(NFA.fromRegex(expression, { maxCharacter }));
  automaton.minimize();
  return automaton;
}

/** A word, sign or value of an expression, and where it begins. */
export interface CelToken {
  readonly kind: 'name' | 'number' | 'text' | 'sign';
  readonly text: string;
  readonly at: number;
}

const SKIPPED = /(?:[\t \r\n\f]|\/\/[^\n]*)*/y;
const ESCAPED = String.raw`\\(?:[abfnrtv"'\\?${'`'}]|[0-3][0-7]{2}|[xX][\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})`;
const TEXTS = ['"""', "'''", '"', "'"].map(quoted);
const KINDS: ReadonlyArray<readonly [CelToken['kind'], RegExp]> = [
  ['text', new RegExp(`[bB]?(?:${TEXTS.join('|')})`, 'y')],
  ['number', /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|0x[\da-fA-F]+[uU]?|\d+[uU]?/y],
  ['name', /[A-Za-z_]\w*/y],
  ['sign', /==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%]/y],
];

/** Either with escapes, or raw. One sign in front and behind ends with the line, three do not. */
function quoted(quote: string): string {
  const isLong = quote.length > 1;
  const [character, end] = isLong ? [String.raw`[^\\]`, '*?'] : [String.raw`[^\\${quote}\n\r]`, '*'];
  const raw = isLong ? String.raw`[^]*?` : String.raw`[^${quote}\n\r]*`;
  return `${quote}(?:${ESCAPED}|${character})${end}${quote}|[rR]${quote}${raw}${quote}`;
}

/** The tokens of an expression of CEL, as far as there are some; `rest` begins where none does. */
export function celTokens(text: string): { readonly tokens: readonly CelToken[]; readonly rest: number } {
  const tokens: CelToken[] = [];
  let at = skip(text, 0);
  for (let token = tokenAt(text, at); token; token = tokenAt(text, at)) {
    tokens.push(token);
    at = skip(text, at + token.text.length);
  }
  return { tokens, rest: at };
}

function skip(text: string, at: number): number {
  SKIPPED.lastIndex = at;
  return at + (SKIPPED.exec(text)?.[0].length ?? 0);
}

function tokenAt(text: string, at: number): CelToken | undefined {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, text: found[0], at };
  }
  return undefined;
}

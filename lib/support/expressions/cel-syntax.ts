import { type CelToken, celTokens } from './cel-tokens';

/** Where an expression of CEL cannot be read any further, as the text from there on; undefined where it is one. */
export function celFault(text: string): string | undefined {
  const { tokens, rest } = celTokens(text);
  const reader = new CelReader(tokens);
  if (reader.isWhole() && rest === text.length) return undefined;
  const wrong = tokens.at(reader.furthest)?.at ?? rest;
  return text.slice(wrong).trim() || 'its end';
}

/** What a part is: macros ask that of some. */
type Part = 'name' | 'path' | 'field' | 'other';

const INFIX = ['||', '&&', '<', '<=', '>=', '>', '==', '!=', 'in', '*', '/', '%', '+', '-'];
const VALUES = ['true', 'false', 'null'];
// Words that CEL keeps for later: no names, but fields may be called so.
const KEPT = 'as break const continue else for function if import let loop package namespace return var void while'.split(' ');
const OVER_ITEMS = ['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter'];

/** Reads by the grammar of CEL, each rule a method that answers what it has read; nothing where it could not. */
class CelReader {
  furthest = 0;

  constructor(private readonly tokens: readonly CelToken[]) {}

  isWhole(): boolean {
    return this.expression() !== undefined && this.furthest === this.tokens.length;
  }

  private expression(): Part | undefined {
    const first = this.operands();
    if (!first || !this.takes('?')) return first;
    return this.operands() && this.takes(':') && this.expression() ? 'other' : undefined;
  }

  private operands(): Part | undefined {
    let part = this.unary();
    while (part && this.takes(...INFIX)) part = this.unary() && 'other';
    return part;
  }

  private unary(): Part | undefined {
    const sign = ['!', '-'].find((one) => this.takes(one));
    if (sign === undefined) return this.member();
    while (this.takes(sign));
    if (this.tokens.at(this.furthest + 1)?.kind === 'number') this.takes('-');
    return this.member() && 'other';
  }

  private member(): Part | undefined {
    let part = this.primary();
    while (part && this.isAt('.', '[', '{')) {
      if (this.isAt('{') && part !== 'name' && part !== 'path') break;
      part = this.further(part);
    }
    return part;
  }

  private further(part: Part): Part | undefined {
    if (this.isAt('{')) return this.entries(() => this.takesName());
    if (this.takes('[')) return this.expression() && this.takes(']') ? 'other' : undefined;
    this.takes('.');
    const name = this.token?.text ?? '';
    if (!this.takesName()) return undefined;
    if (!this.isAt('(')) return part === 'name' || part === 'path' ? 'path' : 'field';
    const parts = this.values('(', ')');
    const isLoop = OVER_ITEMS.includes(name) && (parts?.length === 2 || (name === 'map' && parts?.length === 3));
    return parts && (!isLoop || parts[0] === 'name') ? 'other' : undefined;
  }

  private primary(): Part | undefined {
    if (this.takes('(')) return this.expression() && this.takes(')') ? 'other' : undefined;
    if (this.isAt('[')) return this.values('[', ']') && 'other';
    if (this.isAt('{')) return this.entries(() => this.expression() !== undefined);
    if (this.takes(...VALUES) || this.takesKind('number') || this.takesKind('text')) return 'other';
    this.takes('.');
    return this.named();
  }

  private named(): Part | undefined {
    const name = this.token?.text ?? '';
    if (KEPT.includes(name) || !this.takesName()) return undefined;
    if (!this.isAt('(')) return 'name';
    const parts = this.values('(', ')');
    const isTest = name === 'has' && parts?.length === 1;
    return parts && (!isTest || parts[0] === 'path' || parts[0] === 'field') ? 'other' : undefined;
  }

  /** Expressions with commas between; a list may end with one. */
  private values(open: string, close: string): Part[] | undefined {
    const parts: Part[] = [];
    this.takes(open);
    while (!this.takes(close)) {
      const part = this.expression();
      if (!part) return undefined;
      parts.push(part);
      const goesOn = this.takes(',');
      if (goesOn ? close === ')' && this.isAt(')') : !this.isAt(close)) return undefined;
    }
    return parts;
  }

  private entries(key: () => boolean): Part | undefined {
    this.takes('{');
    while (!this.takes('}')) {
      if (!key() || !this.takes(':') || !this.expression()) return undefined;
      if (!this.takes(',') && !this.isAt('}')) return undefined;
    }
    return 'other';
  }

  private get token(): CelToken | undefined {
    return this.tokens[this.furthest];
  }

  private isAt(...texts: readonly string[]): boolean {
    return this.token !== undefined && (this.token.kind === 'sign' || this.token.kind === 'name') && texts.includes(this.token.text);
  }

  private takes(...texts: readonly string[]): boolean {
    return this.isAt(...texts) && this.step();
  }

  private takesKind(kind: CelToken['kind']): boolean {
    return this.token?.kind === kind && this.step();
  }

  private takesName(): boolean {
    return this.token?.kind === 'name' && ![...VALUES, 'in'].includes(this.token.text) && this.step();
  }

  private step(): boolean {
    this.furthest += 1;
    return true;
  }
}

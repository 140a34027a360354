import { type Alias, type Document, isAlias, isCollection, isMap, isPair, type Node, visit } from 'yaml';

/** Why a document cannot be read, and at which letter of its file. */
export interface Trouble {
  readonly offset: number;
  readonly what: 'template' | 'yaml';
  readonly text: string;
}

/** Words in braces that Helm fills in. Others stand in manifests that are whole. */
const TEMPLATE =
  /\{\{-?\s*(\.|\$|if\b|else\b|end\b|range\b|with\b|include\b|template\b|define\b|tpl\b|toYaml\b|default\b|quote\b|printf\b)/;
/** What Prometheus fills in itself, in the texts of an alert. */
const OF_ALERTS = /\{\{-?\s*\$(labels|value|externalLabels|externalURL)\b/g;
// More than any cluster has: a few lines of aliases of aliases stand for billions.
const MOST_NODES = 2_000_000;
// The parser calls itself for each level.
const OVERFLOW = /call stack/;
const TOO_DEEP = 'lists and maps within one another, more of them than can be read';

/** What finds the first thing that is wrong with a document of a text. The text is searched once: it may have thousands of documents. */
export function troublesOf(text: string): (document: Document.Parsed) => Trouble | undefined {
  const hasBraces = text.includes('{{');
  const hasAliases = /[&*]/.test(text);
  return (document) => {
    const [error] = document.errors;
    const template = hasBraces ? templateIn(document, text, error !== undefined) : undefined;
    if (template) return template;
    if (error) return { offset: error.pos[0], what: 'yaml', text: OVERFLOW.test(error.message) ? TOO_DEEP : error.message };
    return hasAliases ? aliasTrouble(document) : undefined;
  };
}

/** In a document that is broken anyhow any such line is the likely reason; in a whole one, what stands without quotes. */
function templateIn(document: Document.Parsed, text: string, isBroken: boolean): Trouble | undefined {
  const [start, , end] = document.range;
  const line = isBroken ? text.slice(start, end).search(TEMPLATE) : -1;
  if (line >= 0) return templateAt(text, start + line);
  let found: Trouble | undefined;
  visit(document, {
    Pair(_, { key }) {
      if (!isMap(key) || !key.flow || !key.range) return undefined;
      found = templateAt(text, key.range[0] - 1);
      return visit.BREAK;
    },
    Scalar(_, { type, value, range }) {
      if (type !== 'PLAIN' || typeof value !== 'string' || !range || !TEMPLATE.test(value.replace(OF_ALERTS, ''))) return undefined;
      found = templateAt(text, range[0]);
      return visit.BREAK;
    },
  });
  return found;
}

function templateAt(text: string, offset: number): Trouble {
  const start = text.lastIndexOf('\n', offset) + 1;
  return { offset, what: 'template', text: text.slice(start).split('\n', 1)[0].trim() };
}

/** An alias of nothing, of itself, or of so much that no machine could hold it. */
function aliasTrouble(document: Document.Parsed): Trouble | undefined {
  const aliases = new Aliases(document);
  aliases.sizeOf(document.contents);
  return aliases.trouble;
}

class Aliases {
  trouble?: Trouble;
  private readonly sizes = new Map<Node, number>();
  private readonly open = new Set<Node>();
  private total = 0;

  constructor(private readonly document: Document.Parsed) {}

  /** How many values stand in a value once all aliases are written out. */
  sizeOf(node: unknown): number {
    if (isAlias(node)) return this.sizeOfAlias(node);
    if (isPair(node)) return this.sizeOf(node.key) + this.sizeOf(node.value);
    if (!isCollection(node)) return 1;
    const known = this.sizes.get(node);
    if (known !== undefined) return known;
    this.open.add(node);
    const size = node.items.reduce((sum: number, item: unknown) => sum + this.sizeOf(item), 1);
    this.open.delete(node);
    this.sizes.set(node, size);
    return size;
  }

  private sizeOfAlias(alias: Alias): number {
    const target = alias.resolve(this.document);
    if (!target) return this.refuse(alias, 'stands for no anchor before it');
    if (this.open.has(target)) return this.refuse(alias, 'stands for what it is a part of');
    const size = this.sizeOf(target);
    this.total += size;
    return this.total > MOST_NODES ? this.refuse(alias, 'stands for more than anybody can read') : size;
  }

  private refuse({ range, source }: Alias, why: string): number {
    this.trouble ??= { offset: range?.[0] ?? 0, what: 'yaml', text: `the alias *${source} ${why}` };
    return 1;
  }
}

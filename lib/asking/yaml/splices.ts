import { type Document, isAlias, isMap, isNode, isScalar, type Node, type Pair, type Scalar, visit, type YAMLMap } from 'yaml';
import type { Cure, MeshEdit } from '../../model/finding';
import { type FieldPlace, placesOf } from './field-place';

/** Letters of a text from an offset on, and what is to stand there instead. */
export type Splice = Pick<MeshEdit, 'offset' | 'was' | 'text'>;

/** What a cure does to a text: to the letters of one key or value, or to the lines of a field. Undefined where something else would change with it. */
export function spliceFor(document: Document.Parsed, text: string, cure: Cure): Splice | undefined {
  const places = placesOf(document, cure.field);
  const last = places.at(-1);
  if (!last || places.length <= cure.field.length) return undefined;
  const around = places.slice(0, -1).map(({ node }) => node);
  if (around.some((node) => isAlias(node) || isShared(document, node))) return undefined;
  const map = around.at(-1);
  if (cure.kind === 'rename') return isMap(map) ? renamed(text, map, last, cure) : undefined;
  if (cure.kind === 'remove') return isMap(map) ? removed(document, text, map, last) : undefined;
  return isShared(document, last.node) ? undefined : written(text, last.pair ? last.pair.value : last.node, cure);
}

/** Whether what stands in it stands elsewhere as well. */
function isShared(document: Document.Parsed, node: Node): boolean {
  const { anchor } = node as { readonly anchor?: string };
  return anchor !== undefined && aliasesOf(document).has(anchor);
}

const aliases = new WeakMap<Document.Parsed, ReadonlySet<string>>();

function aliasesOf(document: Document.Parsed): ReadonlySet<string> {
  const known = aliases.get(document);
  if (known) return known;
  const found = new Set<string>();
  visit(document, { Alias: (_, { source }) => void found.add(source) });
  aliases.set(document, found);
  return found;
}

// What is merged in may have the new key.
function renamed(text: string, map: YAMLMap, { pair }: FieldPlace, { was, to }: Cure): Splice | undefined {
  const keys = map.items.map(({ key }) => (isScalar(key) ? key.value : key));
  const isFree = keys.includes(was) && !keys.includes(to) && !keys.includes('<<');
  return isFree && isScalar(pair?.key) && pair.key.value === was ? replaced(text, pair.key, String(to)) : undefined;
}

function written(text: string, node: Node | null, { kind, was, to }: Cure): Splice | undefined {
  if (!isScalar(node) || node.value !== was) return undefined;
  if (kind === 'quote') return node.type === 'PLAIN' ? quoted(text, node) : undefined;
  if (typeof to === 'string') return replaced(text, node, to);
  return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? undefined : spliceOf(text, node, () => String(to));
}

/** In the quotes that are there; without any, in some where it would be read as something else. */
function replaced(text: string, scalar: Scalar, to: string): Splice | undefined {
  const styles: Readonly<Record<string, () => string>> = {
    PLAIN: () => (isPlain(to) ? to : JSON.stringify(to)),
    QUOTE_DOUBLE: () => JSON.stringify(to),
    QUOTE_SINGLE: () => `'${to.replaceAll("'", "''")}'`,
  };
  const style = styles[scalar.type ?? ''] as (() => string) | undefined;
  return style && spliceOf(text, scalar, style);
}

const WORDS = /^(true|false|yes|no|on|off|y|n|null)$/i;

// Everywhere, in lists and maps on one line too.
function isPlain(to: string): boolean {
  return /^[A-Za-z_]([\w./@:-]*[\w./@-])?$/.test(to) && !WORDS.test(to);
}

/** A number keeps its digits: `1.10` is no `1.1`. */
function quoted(text: string, scalar: Scalar): Splice | undefined {
  const isWord = typeof scalar.value === 'boolean';
  const splice = spliceOf(text, scalar, (was) => `"${isWord ? String(scalar.value) : was}"`);
  return splice && /^[\w.+-]+$/.test(splice.was) ? splice : undefined;
}

function spliceOf(text: string, { range, tag }: Scalar, writtenAs: (was: string) => string): Splice | undefined {
  if (!range || tag !== undefined) return undefined;
  const was = text.slice(range[0], range[1]);
  return was === '' || /[\r\n]/.test(was) ? undefined : { offset: range[0], was, text: writtenAs(was) };
}

/** The lines of a field, where they are its own, and others stay in the map. */
function removed(document: Document.Parsed, text: string, map: YAMLMap, { pair }: FieldPlace): Splice | undefined {
  if (map.flow || map.items.length < 2 || !pair || hasAnchors(document, pair)) return undefined;
  const [start, end] = [pair.key.range?.[0], (pair.value ?? pair.key).range?.[1]];
  if (start === undefined || end === undefined) return undefined;
  const begin = text.lastIndexOf('\n', start - 1) + 1;
  const next = text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1;
  const isAlone = text.slice(begin, start).trim() === '' && next > 0 && /^[ \t]*(#.*)?$/.test(text.slice(end, next).trimEnd());
  return isAlone ? { offset: begin, was: text.slice(begin, next), text: '' } : undefined;
}

function hasAnchors(document: Document.Parsed, { key, value }: Pair<Node, Node | null>): boolean {
  let found = false;
  for (const node of [key, value].filter(isNode)) visit(node, { Node: (_, each) => void (found ||= isShared(document, each)) });
  return found;
}

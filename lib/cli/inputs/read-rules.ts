import { existsSync, statSync } from 'node:fs';
import Ajv from 'ajv';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
import * as schema from '../check.schema.json';
import { UsageError, UsageErrors } from '../outcome';
import type { Placed, Rule } from './rule';
import { type Mistake, mistakesOf } from './rule-mistakes';
import { textIn } from './text-in';

const ajv = new Ajv({ allErrors: true, verbose: true });
const isValid = ajv.compile({ ...schema, $schema: undefined, default: undefined });

/** The rules of a file, each with its place; all that is wrong with it is told at once. */
export function readRules(file: string): Rule[] {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  if (statSync(file).isDirectory()) throw new UsageError(`${file} is a folder: name a file of rules`);
  const lineCounter = new LineCounter();
  const document = parseDocument(textIn(file), { lineCounter, prettyErrors: false });
  const placeOf = (offset: number): Placed => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const wrongs = document.errors.length > 0 ? document.errors.map(brokenAt) : mistakesIn(document);
  if (wrongs.length > 0) throw new UsageErrors(linesOf(file, wrongs, placeOf));
  const { rules } = document.toJS() as { readonly rules: readonly Rule[] };
  return rules.map((rule, index) => ({ ...rule, ...placeOf(offsetOf(document, ['rules', index])) }));
}

interface Wrong {
  readonly offset: number;
  readonly text: string;
}

function brokenAt({ pos, code, message }: YAMLError): Wrong {
  return { offset: pos[0], text: code === 'MULTIPLE_DOCS' ? 'a file of rules is one document, and here begins another' : message };
}

function mistakesIn(document: Document.Parsed): Wrong[] {
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // An alias of nothing, or of itself.
    return [{ offset: 0, text: (error as Error).message }];
  }
  if (isValid(value)) return [];
  return mistakesOf(isValid.errors ?? []).map(({ keys, isKey, text }: Mistake) => ({ offset: offsetOf(document, keys, isKey), text }));
}

/** In the order of the file, each once. */
function linesOf(file: string, wrongs: readonly Wrong[], placeOf: (offset: number) => Placed): string[] {
  const sorted = [...wrongs].sort((a, b) => a.offset - b.offset);
  const lines = sorted.map(({ offset, text }) => ({ ...placeOf(offset), text }));
  return [...new Set(lines.map(({ line, column, text }) => `${file}:${line}:${column}: error: ${text}`))];
}

/** Where a value begins, or what it is called. */
function offsetOf(document: Document.Parsed, keys: readonly (string | number)[], isKey = false): number {
  const around = keys.length > 1 ? document.getIn(keys.slice(0, -1), true) : document.contents;
  const named = isMap(around) ? around.items.find(({ key }) => isScalar(key) && String(key.value) === String(keys.at(-1))) : undefined;
  const node = isKey ? named?.key : keys.length === 0 ? document.contents : (named?.value ?? document.getIn(keys, true));
  return isNode(node) && node.range ? node.range[0] : 0;
}

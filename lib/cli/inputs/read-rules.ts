import { readFileSync, existsSync } from 'node:fs';
import Ajv from 'ajv';
import { isNode, LineCounter, parseDocument } from 'yaml';
import * as schema from '../check.schema.json';
import { UsageError } from '../outcome';

/** What is expected of one request. */
export interface Expectation {
  readonly name?: string;
  readonly from: string;
  readonly to: string;
  /** `POST /payments/1`. */
  readonly request?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
  readonly issuer?: string;
  readonly audiences?: readonly string[];
  readonly expect: 'allow' | 'refuse';
  /** Percent of the requests by workload. */
  readonly split?: Readonly<Record<string, number>>;
}

export interface PlacedExpectation extends Expectation {
  readonly line: number;
  readonly column: number;
}

const ajv = new Ajv({ allErrors: false });
const isValid = ajv.compile({ ...schema, $schema: undefined, default: undefined });

/** The expectations of a file, each with its place. */
export function readRules(file: string): PlacedExpectation[] {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const refuse = (offset: number, text: string): never => {
    const { line, column } = place(offset);
    throw new UsageError(`${file}:${line}:${column}: ${text}`);
  };
  const offsetAt = (keys: readonly (string | number)[]): number => {
    const node = keys.length === 0 ? document.contents : document.getIn(keys, true);
    return isNode(node) && node.range ? node.range[0] : 0;
  };
  const [broken] = document.errors;
  if (broken) refuse(broken.pos[0], broken.message);
  const rules = document.toJS() as { readonly rules: readonly Expectation[] };
  if (!isValid(rules)) refuse(offsetAt(keysOf(isValid.errors?.[0].instancePath)), messageOf());
  return rules.rules.map((rule, index) => ({ ...rule, ...place(offsetAt(['rules', index])) }));
}

function keysOf(pointer = ''): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

function messageOf(): string {
  const [error] = isValid.errors ?? [];
  const { additionalProperty, allowedValues } = (error?.params ?? {}) as { additionalProperty?: string; allowedValues?: readonly string[] };
  const more = additionalProperty ?? allowedValues?.join(', ');
  return `${error?.instancePath || 'the file'} ${error?.message}${more === undefined ? '' : `: ${more}`}`;
}

import { existsSync, readFileSync } from 'node:fs';
import * as ts from 'typescript';
import { RULES } from '../../../lib/rules';
import { CODES } from '../../../lib/support/codes';
import { MeshError } from '../../../lib/support/mesh-error';
import { codePage } from '../../../lib/support/telling/code-page';

const PAGE = 'docs/errors.md';
// Thrown by what no package exports.
const UNREACHABLE = ['MESH067'];

const text = readFileSync(PAGE, 'utf8');
const lines = text.split('\n');
const [intro, ...sections] = text.split(/^(?=## )/m);
const sectionOf = new Map(sections.map((section): [string, string] => [section.slice(3, 10), section]));
const beginning = /^```ts\n([\s\S]*?)^```/m.exec(intro)![1];

describe('the page of a code', () => {
  it.each(RULES.map(({ code }) => code))('is a page of its own for the rule %s', (code) => {
    const page = codePage(code)!;

    expect(page).toBe(`docs/rules/${code}.md`);
    expect(existsSync(page)).toBe(true);
  });

  it.each(Object.keys(CODES))('is the line of %s on the page of errors', (code) => {
    const [, page, line] = /^(.*):(\d+)$/.exec(codePage(code)!)!;

    expect(page).toBe(PAGE);
    expect(lines[Number(line) - 1]).toMatch(`## ${code}: `);
  });

  it.each(['README.md', 'docs/errors.md', 'docs/deferred-values.md'])('is the one that %s shows', (document) => {
    const shown = [...readFileSync(document, 'utf8').matchAll(/(MESH\d{3}) at [^`]*? {2}page: (.*)$/gm)];

    expect(shown.map(([, , page]) => page)).toEqual(shown.map(([, code]) => `node_modules/istio-constructs/${codePage(code)}`));
    expect(shown).toHaveLength(1);
  });
});

describe('the page of errors', () => {
  it.each(Object.keys(CODES))('says of %s why it is one, how it comes about, and what to do', (code) => {
    const [cause, example, cure] = sectionOf.get(code)!.split(/^```(?:ts|text)?$/m);

    expect(cause.split('\n').slice(1).join(' ').trim()).toMatch(/\w{3}.*\.$/);
    if (!UNREACHABLE.includes(code)) expect(refusalOf(example).code).toBe(code);
    expect(cure.trim()).toMatch(/\w{3}[\s\S]*\.$/);
  });

  it('begins with one of them as it is printed', () => {
    const shown = /^```text\n([\s\S]*?)\n```/m.exec(intro)![1];
    const printed = refusalOf(/^```ts\n([\s\S]*?)^```/m.exec(sectionOf.get('MESH001')!)![1]).message;

    expect(printed.replace(/declared at: .*/, '')).toBe(shown.replace(/declared at: .*/, '').replace('node_modules/istio-constructs/', ''));
  });
});

/** What the beginning of all examples and one of them throw. */
function refusalOf(example: string): MeshError {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(`${beginning}${example}`, { compilerOptions });
  try {
    new Function('require', 'exports', outputText)(require, {});
  } catch (error) {
    if (error instanceof MeshError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

import { existsSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { RULES } from '../../lib/rules';
import type { Rule } from '../../lib/rules/rule';
import { filesOf, read, ROOT, sourcesOf } from './sources';

const HEADINGS = ['## What it means', '## Example', '## What to do'];

// lib/rules/<topic>/<rule>.ts
const files = filesOf('lib/rules', '.ts').filter((file) => file.split('/').length === 4 && !file.endsWith('/index.ts'));
const topics = files.map((file): [string, Rule[]] => [file, rulesIn(file)]);

describe('rules', () => {
  it.each(topics)('%s exports one rule, which is registered', (_, rules) => {
    expect(rules).toHaveLength(1);
    expect(RULES).toContain(rules[0]);
  });

  it('are imported by the indexes alone, so that a new one touches its file, its tests and its page', () => {
    const named = sourcesOf('lib')
      .filter(({ file }) => !/^lib\/rules\/\w+\/index\.ts$/.test(file))
      .flatMap(({ file, syntax }) => syntax.statements.filter(ts.isImportDeclaration).map((node) => targetOf(file, node)));

    expect(named.filter((target) => files.includes(`${target}.ts`))).toEqual([]);
  });

  it('registers nothing twice and nothing from elsewhere', () => {
    expect(new Set(RULES).size).toBe(RULES.length);
    expect(RULES).toHaveLength(files.length);
  });

  it('gives each rule a code of its own, in order', () => {
    const codes = RULES.map((rule) => rule.code);

    expect(codes.filter((code) => !/^MESH[1-9]\d\d$/.test(code))).toEqual([]);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  it.each(topics)('%s is explained on its page', (_, [rule]) => {
    const file = `docs/rules/${rule.code}.md`;
    const page = existsSync(path.join(ROOT, file)) ? read(file) : '';

    expect(page.split('\n')[0]).toBe(`# ${rule.code}: ${rule.title}`);
    expect(page).toContain(`Level: ${rule.level}`);
    expect(page.split('\n').filter((line) => HEADINGS.includes(line))).toEqual(HEADINGS);
  });

  it('lists every page in the table that npm run rules:index writes', () => {
    const rows = RULES.map(({ code, level, title }) => `| [${code}](${code}.md) | ${level} | ${title} |`);

    expect(
      read('docs/rules/README.md')
        .split('\n')
        .filter((line) => line.startsWith('| [')),
    ).toEqual(rows);
  });

  it('has no page for a rule that is gone', () => {
    const pages = filesOf('docs/rules', '.md').map((file) => path.basename(file, '.md'));

    expect(pages.filter((page) => page.startsWith('MESH') && !RULES.some((rule) => rule.code === page))).toEqual([]);
  });

  it.each(files)('%s has its tests beside it', (file) => {
    const test = file.replace(/^lib\//, 'test/').replace(/\.ts$/, '.test.ts');
    const cases = existsSync(path.join(ROOT, test)) ? (read(test).match(/^\s*(it|test)(\.each\b.*)?\(/gm) ?? []) : [];

    expect({ test, passingAndFailing: cases.length >= 2 }).toEqual({ test, passingAndFailing: true });
  });
});

function targetOf(file: string, { moduleSpecifier }: ts.ImportDeclaration): string {
  return path.posix.join(path.posix.dirname(file), (moduleSpecifier as ts.StringLiteral).text);
}

function rulesIn(file: string): Rule[] {
  // the list of files is known only now
  const exported = require(path.join(ROOT, file)) as Record<string, Rule>;
  return Object.values(exported).filter((value) => typeof value === 'object' && 'check' in value && 'code' in value);
}

import { existsSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { RULES } from '../../lib/rules';
import { nodesOf, read, ROOT, sourceOf } from './sources';

const PAGE = 'docs/mistakes.md';
const OUTCOMES = /cannot be said|right by default|found: |needs a cluster/;

/** All that `istioctl analyze` of Istio 1.31 and Kiali have a code for. */
const KNOWN = [
  ...numbers('IST', '0001 0002 0101-0103 0106-0112 0116 0118 0123 0125-0177'),
  ...numbers('KIA', '0002-0005 0101 0102 0104-0110 0201-0212 0301 0302 0401 0501 0505 0506 0601 0602 0701 1004 1006 1007'),
  ...numbers('KIA', '1101 1102 1104-1117 1211 1212 1301 1311-1317 1401 1402 1501-1504 1601 1701 1702'),
];

const IN_CLUSTERS_ALONE = 'needs a cluster';

const page = read(PAGE);
const rows = page
  .split('\n')
  .filter((line) => /^\| (IST|KIA|V|P|N|S)\d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

describe(PAGE, () => {
  it('has rows with five cells each', () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((cells) => cells.length !== 5)).toEqual([]);
  });

  it('knows each mistake by a code of its own', () => {
    const codes = rows.map(([code]) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it.each(rows)('says of %s what becomes of it, with constructs and in raw objects', (_code, _mistake, constructs, raw) => {
    expect(constructs).toMatch(OUTCOMES);
    expect(raw).toMatch(OUTCOMES);
  });

  it('names rules that are there, and their pages', () => {
    const named = [...page.matchAll(/\[(MESH\d+)\]\(([^)]+)\)/g)].map(([, code, target]) => ({ code, target }));

    expect(named.filter(({ code }) => !RULES.some((rule) => rule.code === code))).toEqual([]);
    expect(named.filter(({ code, target }) => target !== `rules/${code}.md` || !isThere(`docs/${target}`))).toEqual([]);
  });

  it.each(rows)('names for %s tests that are there', (...cells) => {
    const shown = [...cells[4].matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file, name]) => ({ file, name }));

    expect(shown.length > 0 || (cells[2] === IN_CLUSTERS_ALONE && cells[3] === IN_CLUSTERS_ALONE)).toBe(true);
    expect(shown.filter(({ file, name }) => !isThere(file) || !testsIn(file).has(name))).toEqual([]);
  });

  it('says of each finding in a raw object which test of the rule shows it', () => {
    const found = rows.filter(([, , , raw]) => raw.startsWith('found: '));

    expect(found.filter(([, , , , shown]) => !shown.includes('`test/rules/'))).toEqual([]);
  });

  it('leaves out no code, and tells each in one place', () => {
    const told = [...page.matchAll(/\b(?:IST|KIA)\d{4}\b/g)].map(([code]) => code);

    expect([...told].sort()).toEqual([...KNOWN].sort());
  });
});

/** `0101-0103 0106` as codes. */
function numbers(prefix: string, ranges: string): string[] {
  return ranges.split(' ').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => `${prefix}${String(first + index).padStart(4, '0')}`);
  });
}

function isThere(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}

const known = new Map<string, ReadonlySet<string>>();

/** Names of the tests of a file, as they are written, also of those that are tried with many cases. */
function testsIn(file: string): ReadonlySet<string> {
  const names = known.get(file) ?? new Set(nodesOf(sourceOf(file).syntax).flatMap(nameOfTest));
  known.set(file, names);
  return names;
}

function nameOfTest(node: ts.Node): string[] {
  if (!ts.isCallExpression(node) || !/^it\b/.test(node.expression.getText())) return [];
  const [name] = node.arguments;
  return name && ts.isStringLiteralLike(name) ? [name.text] : [];
}

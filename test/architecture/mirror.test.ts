import * as ts from 'typescript';
import { filesOf, nodesOf, read, sourcesOf } from './sources';

const FOLDERS = ['lib/values', 'lib/render', 'lib/support', 'lib/planes', 'lib/graph', 'lib/cluster', 'lib/verdict', 'lib/schemas'];

const sources = FOLDERS.flatMap(sourcesOf);
const withCode = sources.filter(({ syntax }) => nodesOf(syntax).some(runs)).map(({ file }) => file);
const tests = new Set(filesOf('test', '.test.ts'));

describe('tests', () => {
  it('stand where the file stands that they are about, under its name', () => {
    expect(withCode.length).toBeGreaterThan(70);
    expect(withCode.map(testOf).filter((test) => !tests.has(test))).toEqual([]);
  });

  it('are not asked for where nothing runs', () => {
    const silent = ['lib/values/mesh/environment.ts', 'lib/values/access/callee.ts'];

    expect(sources.map(({ file }) => file)).toEqual(expect.arrayContaining(silent));
    expect(withCode).toEqual(expect.not.arrayContaining(silent));
  });

  it.each(withCode.map(testOf).filter((test) => tests.has(test)))('%s states something', (test) => {
    expect(read(test)).toMatch(/^\s*it(\.each\b.*)?\(/m);
  });
});

function testOf(file: string): string {
  return file.replace(/^lib\//, 'test/').replace(/\.ts$/, '.test.ts');
}

/** A function, a method, or a class, whose fields run as well; types, enums and constants say only what is. */
function runs(node: ts.Node): boolean {
  return ts.isClassLike(node) || (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined);
}

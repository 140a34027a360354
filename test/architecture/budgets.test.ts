import * as ts from 'typescript';
import { adapterSources, commandSources, filesOf, nodesOf, placeOf, read, type SourceFile, sourcesOf } from './sources';

const FILE = 250;
const MEDIAN = 90;
const CONSTRUCTOR = 40;
const FUNCTION = 30;

const library = sourcesOf('lib');

describe('budgets', () => {
  it('keeps every hand-written file short', () => {
    const long = [...library, ...adapterSources(), ...commandSources(), ...sourcesOf('apps')].filter((source) => linesOf(source) > FILE);

    expect(long.map((source) => `${source.file} has ${linesOf(source)} lines of ${FILE}`)).toEqual([]);
  });

  it('keeps every file of the judge short', () => {
    const long = filesOf('test/conformance', '.go').map((file) => ({ file, lines: read(file).split('\n').length - 1 }));

    expect(long.filter(({ lines }) => lines > FILE)).toEqual([]);
  });

  it('keeps the usual file of lib shorter still', () => {
    const lengths = library.map(linesOf).sort((a, b) => a - b);

    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MEDIAN);
  });

  it('keeps constructors short', () => {
    expect(
      [...library, ...adapterSources(), ...commandSources()].flatMap((source) => tooLong(source, ts.isConstructorDeclaration, CONSTRUCTOR)),
    ).toEqual([]);
  });

  it('keeps functions and methods short', () => {
    const isFunction = (node: ts.Node): boolean => ts.isFunctionLike(node) && !ts.isConstructorDeclaration(node);

    expect([...library, ...adapterSources(), ...commandSources()].flatMap((source) => tooLong(source, isFunction, FUNCTION))).toEqual([]);
  });
});

function linesOf({ syntax }: SourceFile): number {
  return syntax.text.split('\n').length - 1;
}

function tooLong({ syntax }: SourceFile, matches: (node: ts.Node) => boolean, limit: number): string[] {
  return nodesOf(syntax)
    .filter((node) => matches(node) && heightOf(node) > limit)
    .map((node) => `${placeOf(node)} ${nameOf(node)} has ${heightOf(node)} lines of ${limit}`);
}

/** Lines from the first word to the closing brace, documentation apart. */
function heightOf(node: ts.Node): number {
  const lineAt = (position: number): number => node.getSourceFile().getLineAndCharacterOfPosition(position).line;
  return lineAt(node.getEnd()) - lineAt(node.getStart()) + 1;
}

function nameOf(node: ts.Node): string {
  const owner = ts.findAncestor(node, (ancestor) => ts.isClassDeclaration(ancestor)) as ts.ClassDeclaration | undefined;
  const named = ts.getNameOfDeclaration(node as ts.Declaration) ?? (node.parent as { name?: ts.Node }).name;
  const name = ts.isConstructorDeclaration(node) ? 'constructor' : (named?.getText() ?? 'a function');
  return owner ? `${owner.name?.getText()}.${name}` : name;
}

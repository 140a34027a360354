import * as ts from 'typescript';
import { CODES } from '../../lib/support/codes';
import { nodesOf, placeOf, read, type SourceFile, sourcesOf } from './sources';

/** One way to a MeshError: its code and the rule that it says was broken, as they stand in the source. */
interface Mistake {
  readonly place: string;
  readonly code?: string;
  readonly what: string;
}

const mistakes = sourcesOf('lib').flatMap(mistakesIn);
const titles = Object.entries(CODES);

describe('codes of errors', () => {
  it('are said where the error is thrown, or handed to a helper of the same file', () => {
    expect(mistakes.filter(({ code }) => code === undefined).map(({ place }) => place)).toEqual([]);
  });

  it('are in the list, each thrown somewhere', () => {
    const thrown = new Set(mistakes.map(({ code }) => code));

    expect([...thrown].sort()).toEqual(Object.keys(CODES));
  });

  it.each(titles)('%s stands for one mistake: %s', (code) => {
    const places = mistakes.filter((mistake) => mistake.code === code).map(({ place, what }): [string, string] => [what, place]);

    expect([...new Map(places)]).toHaveLength(1);
  });

  it('are listed in order, each with a title of its own', () => {
    const codes = Object.keys(CODES);

    expect(codes.filter((code) => !/^MESH[0789]\d\d$/.test(code))).toEqual([]);
    expect(codes).toEqual([...codes].sort());
    expect(new Set(Object.values(CODES)).size).toBe(codes.length);
  });

  it('are on the page that users read, and no others', () => {
    const headings = read('docs/errors.md')
      .split('\n')
      .filter((line) => line.startsWith('## '));

    expect(headings).toEqual(titles.map(([code, title]) => `## ${code}: ${title}`));
  });
});

function mistakesIn({ syntax }: SourceFile): Mistake[] {
  const nodes = nodesOf(syntax);
  const thrown = nodes.filter(ts.isNewExpression).filter(({ expression }) => expression.getText() === 'MeshError');
  return thrown.flatMap((node) => {
    const [code, what] = [valueOf(node, 'code'), valueOf(node, 'what')];
    const helper = ts.findAncestor(node, ts.isFunctionLike)!;
    const parameters = helper.parameters.map(({ name }) => name.getText());
    const isHelper = [code, what].some((value) => value && parameters.includes(value.getText()));
    const calls = isHelper ? callsOf(helper, nodes) : [];
    if (calls.length === 0) return [mistakeOf(node, code, what?.getText())];
    return calls.map((call) => {
      const said = (value: ts.Expression | undefined) => call.arguments[parameters.indexOf(value?.getText() ?? '')] ?? value;
      const words = [what, ...nodesOf(what!)].map((word) => said(word as ts.Expression)?.getText());
      return mistakeOf(call, said(code), words.join(' '));
    });
  });
}

function mistakeOf(node: ts.Node, code: ts.Expression | undefined, what = ''): Mistake {
  return { place: placeOf(node), code: code && ts.isStringLiteral(code) ? code.text : undefined, what };
}

/** What a property of the error is set to. */
function valueOf({ arguments: [props] = [] as never }: ts.NewExpression, name: string): ts.Expression | undefined {
  if (!props || !ts.isObjectLiteralExpression(props)) return undefined;
  const property = props.properties.find((candidate) => candidate.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : (property?.name as ts.Identifier | undefined);
}

function callsOf(helper: ts.SignatureDeclaration, nodes: readonly ts.Node[]): ts.CallExpression[] {
  const name = (helper.name ?? (helper.parent as ts.VariableDeclaration).name).getText();
  return nodes.filter(ts.isCallExpression).filter(({ expression }) => expression.getText() === name);
}

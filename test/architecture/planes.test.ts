import * as ts from 'typescript';
import { nodesOf, placeOf, sourcesOf } from './sources';

const MODES = ['ambient', 'sidecar'];
const EQUALITY = [
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
];

// Rules judge raw objects too, which have no hop to ask: one file reads their plane off the labels and answers questions by name.
const RAW_LABELS = 'lib/rules/planes.ts';

describe('data planes', () => {
  it('are told apart in lib/planes alone; everybody else asks a property', () => {
    const elsewhere = sourcesOf('lib').filter(({ file }) => !file.startsWith('lib/planes/') && file !== RAW_LABELS);

    expect(elsewhere.flatMap(({ syntax }) => nodesOf(syntax).filter(asksTheMode).map(placeOf))).toEqual([]);
  });
});

/** `x === 'ambient'`, `case 'sidecar':` and `namespace.mode === y`; `mtls.mode === 'STRICT'` is no question about the plane. */
function asksTheMode(node: ts.Node): boolean {
  if (ts.isCaseClause(node)) return isMode(node.expression);
  if (!ts.isBinaryExpression(node) || !EQUALITY.includes(node.operatorToken.kind)) return false;
  const sides = [node.left, node.right];
  const plain = sides.some((side) => ts.isStringLiteral(side) && !MODES.includes(side.text) && side.text === side.text.toUpperCase());
  return sides.some(isMode) || (!plain && sides.some((side) => ts.isPropertyAccessExpression(side) && side.name.text === 'mode'));
}

function isMode(node: ts.Node): boolean {
  return ts.isStringLiteral(node) && MODES.includes(node.text);
}

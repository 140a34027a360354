import * as path from 'path';
import * as ts from 'typescript';
import { publicMembers, publicTypes } from './public-api';
import { programOf, Readers } from './readers';
import { nodesOf, ROOT, sourcesOf } from './sources';

type Member = ts.Node & { readonly name: ts.Identifier };

const UNREAD = [
  'ObjectClass.spec',
  ...[
    'Matchers.toAllow',
    'Matchers.toBeReachableOnlyBy',
    'Matchers.toHaveNoDoorFromOutside',
    'Matchers.toOpenNothingSince',
    'Matchers.toRefuse',
    'Matchers.toSplit',
    'Outcome.message',
    'Outcome.pass',
  ], // jest reads them
];

// What the tests ask of lib/cluster and lib/verdict, and no rule does as yet.
const AWAITED = ['Split.unknown'];

// The Pulumi adapter reads what users read, and nothing else.
const library = sourcesOf('lib').map(({ file }) => file);
const forUsers = new Set(publicTypes().flatMap(publicMembers).map(keyOf));

describe('members of types', () => {
  it('are read by somebody, in the library or outside', () => {
    const program = programOf(library);
    const sources = library.map((file) => program.getSourceFile(path.join(ROOT, file))!);
    const readers = new Readers(program, sources, isForUsers);
    const members = sources.flatMap(nodesOf).filter(isMember);
    const unread = members.filter((member) => !isForUsers(member) && !readers.has(member));

    expect(members.length).toBeGreaterThan(500);
    expect(unread.map(nameOf).sort()).toEqual([...UNREAD, ...AWAITED].sort());
  }, 60_000);
});

/** What an interface, a class or a type has under a name; private members the compiler looks after. */
function isMember(node: ts.Node): node is Member {
  const isOfType = ts.isPropertySignature(node) || ts.isMethodSignature(node);
  const isOfClass = (ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node)) && ts.isClassLike(node.parent);
  const isParameter = ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent);
  if (!isOfType && !isOfClass && !isParameter) return false;
  return ts.isIdentifier(node.name) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) === 0;
}

/** What the package exports, and what it throws. */
function isForUsers(member: ts.Node): boolean {
  const isThrown = ts.isClassLike(member.parent) && member.parent.heritageClauses?.some(({ types }) => types[0].getText() === 'Error');
  return isThrown || forUsers.has(keyOf(member));
}

function keyOf(node: ts.Node): string {
  return `${path.resolve(ROOT, node.getSourceFile().fileName)}:${node.getStart()}`;
}

function nameOf({ name, parent }: Member): string {
  const owner = ts.findAncestor(
    parent,
    (node) => ts.isInterfaceDeclaration(node) || ts.isClassLike(node) || ts.isTypeAliasDeclaration(node),
  );
  return `${(owner as ts.NamedDeclaration | undefined)?.name?.getText() ?? 'a type'}.${name.text}`;
}

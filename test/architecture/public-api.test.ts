import * as path from 'path';
import * as ts from 'typescript';
import {
  docOf,
  exampleOf,
  inheritsDocs,
  type Member,
  nameOf,
  parametersOf,
  publicMembers,
  type PublicType,
  publicTypes,
} from './public-api';
import { nodesOf, ROOT } from './sources';

// What jsii itself asks, whose warning the build silences: it does not know exceptions. The package exports nothing of it.
const { isReservedName } = require(path.join(ROOT, 'node_modules/jsii/lib/reserved-words.js')) as {
  isReservedName(name: string): string[] | undefined;
};

// Words that a language of jsii reserves, or that read badly there.
const RESERVED = (
  'namespace from type object default in is not operator range select string delete event params ' +
  'def pass lambda none async await with global internal lock base func map chan package interface class'
).split(' ');

// Only Go has a function of its own of this name, and calls ours HttpAccess_Delete.
const NO_CLASH = ['HttpAccess.delete'];

const types = publicTypes();
const members = types.flatMap((type) => publicMembers(type).map((member): [PublicType, Member] => [type, member]));
const own = members.filter(([type, member]) => !inheritsDocs(type, member, types));

describe('public API', () => {
  it('says what each type is to the user', () => {
    expect(types.filter((type) => isPoor(docOf(type))).map((type) => type.name!.text)).toEqual([]);
  });

  it('says what each member is', () => {
    const silent = own.filter(([, member]) => !ts.isConstructorDeclaration(member) && isPoor(docOf(member)));

    expect(silent.map(label)).toEqual([]);
  });

  it('says what each parameter is', () => {
    const silent = own
      .filter(([, member]) => !ts.isConstructorDeclaration(member))
      .flatMap(([type, member]) => parametersOf(member).map((parameter) => ({ at: label([type, member]), parameter })))
      .filter(({ parameter }) => ts.getJSDocParameterTags(parameter).every((tag) => !ts.getTextOfJSDocComment(tag.comment)));

    expect(silent.map(({ at, parameter }) => `${at}(${nameOf(parameter)})`)).toEqual([]);
  });

  it('says what happens when an optional property is left out', () => {
    const optional = own.filter(
      ([type, member]) => ts.isInterfaceDeclaration(type) && ts.isPropertySignature(member) && member.questionToken,
    );

    expect(optional.filter(([, member]) => !hasDefault(member)).map(label)).toEqual([]);
  });

  it('shows how to use each class', () => {
    expect(types.filter((type) => ts.isClassDeclaration(type) && isPoor(exampleOf(type) ?? '')).map((type) => type.name!.text)).toEqual([]);
  });

  it('shows how to say who may call, at either end and at the edge', () => {
    const shown = members.filter(([, member]) => exampleOf(member)).map(label);

    expect(shown).toEqual(expect.arrayContaining(['MeshedService.calls', 'ServiceAccess.allow', 'IngressGateway.expose']));
  });

  it('uses no word that another language reserves', () => {
    const names = members.flatMap(([type, member]) => [
      { at: label([type, member]), name: nameOf(member) },
      ...parametersOf(member).map((parameter) => ({ at: `${label([type, member])}(${nameOf(parameter)})`, name: nameOf(parameter) })),
    ]);

    const reserved = names.filter(({ name }) => RESERVED.includes(name) || isReservedName(name) !== undefined).map(({ at }) => at);
    expect(reserved).toEqual(NO_CLASH);
    expect(isReservedName('delete')).toEqual(['Go']);
  });

  it('is the same in every language: no unions, no overloads', () => {
    const unions = members.filter(([, member]) => signatureOf(member).some(isRealUnion));
    const labels = members.map(label);

    expect(unions.map(label)).toEqual([]);
    expect(labels.filter((one, index) => labels.indexOf(one) !== index && !isAccessorPair(members, one))).toEqual([]);
  });
});

function label([type, member]: [PublicType, Member]): string {
  return `${type.name!.text}.${nameOf(member)}`;
}

function isPoor(doc: string): boolean {
  return doc.trim() === '' || /^represents\b/i.test(doc.trim());
}

function hasDefault(member: Member): boolean {
  return ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'default' && ts.getTextOfJSDocComment(tag.comment));
}

/** The types that a member names, its body apart. */
function signatureOf(member: Member): ts.Node[] {
  const parts = [...parametersOf(member), (member as { type?: ts.Node }).type];
  return parts.flatMap((part) => (part ? [part, ...nodesOf(part)] : []));
}

/** `X | undefined` is how TypeScript says optional. */
function isRealUnion(node: ts.Node): boolean {
  return ts.isUnionTypeNode(node) && node.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword).length > 1;
}

function isAccessorPair(all: typeof members, name: string): boolean {
  return all.filter((one) => label(one) === name).every(([, member]) => ts.isAccessor(member));
}

import * as path from 'path';
import * as ts from 'typescript';
import { type SourceFile, sourceOf } from './sources';

export type PublicType = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;
export type Member = ts.ClassElement | ts.TypeElement | ts.EnumMember;

/** Every class, interface and enum that the package exports. */
export function publicTypes(): PublicType[] {
  const surface = sourceOf('lib/index.ts');
  return surface.syntax.statements.filter(ts.isExportDeclaration).flatMap((statement) => exportedBy(surface, statement));
}

function exportedBy(surface: SourceFile, statement: ts.ExportDeclaration): PublicType[] {
  const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
  const { syntax } = sourceOf(`${path.posix.join(path.posix.dirname(surface.file), specifier)}.ts`);
  const names = (statement.exportClause as ts.NamedExports).elements.map((element) => element.name.text);
  return names.map((name) => {
    const found = syntax.statements.filter(isPublicType).find((declaration) => declaration.name?.text === name);
    if (!found) throw new Error(`${syntax.fileName} declares no class, interface or enum ${name}`);
    return found;
  });
}

function isPublicType(node: ts.Node): node is PublicType {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node);
}

/** What users see of a type: no private, protected or internal member. */
export function publicMembers(type: PublicType): Member[] {
  return [...type.members].filter((member) => !isHidden(member));
}

function isHidden(member: Member): boolean {
  const flags = ts.getCombinedModifierFlags(member);
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (flags & hidden) !== 0 || ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'internal');
}

/** A member whose words stand on what it overrides or implements. */
export function inheritsDocs(type: PublicType, member: Member, all: readonly PublicType[]): boolean {
  if (ts.isEnumDeclaration(type)) return false;
  const bases = (type.heritageClauses ?? []).flatMap((clause) => clause.types.map((base) => base.expression.getText()));
  const inPublicBase = all.some(
    (base) => bases.includes(base.name!.text) && base.members.some((other) => nameOf(other) === nameOf(member)),
  );
  return inPublicBase || (ts.getCombinedModifierFlags(member as ts.ClassElement) & ts.ModifierFlags.Override) !== 0;
}

export function nameOf(node: ts.Node): string {
  return ts.isConstructorDeclaration(node) ? 'constructor' : ((node as ts.NamedDeclaration).name?.getText() ?? '');
}

/** The parameters that a member takes; none if it is no function. */
export function parametersOf(member: Member): readonly ts.ParameterDeclaration[] {
  return ts.isFunctionLike(member) ? member.parameters : [];
}

/** What a doc comment shows under `@example`. */
export function exampleOf(node: ts.Node): string | undefined {
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'example');
  return tag && ts.getTextOfJSDocComment(tag.comment);
}

/** The words of a doc comment, tags apart. */
export function docOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? '').join('\n');
}

import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../architecture/sources';

/**
 * Members of the library that these files use: properties that they write into an object which the library takes, and whatever they name behind
 * a dot. Members are called `Type.member`, and a property counts for the type that it is written for: `name` of a namespace is no `name` of a
 * service.
 */
export function usedMembers(files: readonly string[]): ReadonlySet<string> {
  const program = ts.createProgram([...files], compilerOptions());
  const checker = program.getTypeChecker();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const declaration of symbolOf(checker, node)?.declarations ?? []) used.add(labelOf(declaration));
    ts.forEachChild(node, visit);
  };
  files.forEach((file) => visit(program.getSourceFile(file)!));
  return used;
}

function symbolOf(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  if (ts.isPropertyAccessExpression(node)) return checker.getSymbolAtLocation(node.name);
  if (!ts.isPropertyAssignment(node) && !ts.isShorthandPropertyAssignment(node)) return undefined;
  const taken = checker.getContextualType(node.parent);
  return taken && checker.getNonNullableType(taken).getProperty(node.name.getText());
}

function labelOf(declaration: ts.Declaration): string {
  const { parent } = declaration as { parent?: ts.Node & { readonly name?: ts.Node } };
  return `${parent?.name?.getText()}.${ts.getNameOfDeclaration(declaration)?.getText()}`;
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile) as { readonly config: object };
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
}

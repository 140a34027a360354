import * as ts from 'typescript';
import type { Problem } from './problem';

/**
 * Fields of an object that a type does not declare. The package that ships the Kubernetes schemas compiles them without a word on
 * unknown fields, and its type declarations, made from the same OpenAPI document, are where all known ones stand.
 */
export function unknownFields(declarations: string, interfaceName: string, object: object): Problem[] {
  const checker = checkerOf(declarations);
  const [symbol] = exportsOf(checker.program, declarations).filter((one) => one.name === interfaceName);
  return walk(checker.types, checker.types.getDeclaredTypeOfSymbol(symbol), object, '');
}

interface Checker {
  readonly program: ts.Program;
  readonly types: ts.TypeChecker;
}

const checkers = new Map<string, Checker>();

function checkerOf(declarations: string): Checker {
  const known = checkers.get(declarations);
  if (known) return known;
  const options = { lib: ['lib.es5.d.ts'], types: [], module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
  const program = ts.createProgram([declarations], options, host(options));
  const checker = { program, types: program.getTypeChecker() };
  checkers.set(declarations, checker);
  return checker;
}

const files = new Map<string, ts.SourceFile | undefined>();

/** Parses each file once, however many kinds are asked for. */
function host(options: ts.CompilerOptions): ts.CompilerHost {
  const plain = ts.createCompilerHost(options);
  return {
    ...plain,
    getSourceFile: (name, ...rest) => {
      if (!files.has(name)) files.set(name, plain.getSourceFile(name, ...rest));
      return files.get(name);
    },
  };
}

function exportsOf(program: ts.Program, file: string): ts.Symbol[] {
  const source = program.getSourceFile(file);
  const module = source && program.getTypeChecker().getSymbolAtLocation(source);
  return module ? program.getTypeChecker().getExportsOfModule(module) : [];
}

function walk(types: ts.TypeChecker, declared: ts.Type, value: unknown, path: string): Problem[] {
  const type = types.getNonNullableType(declared);
  if (Array.isArray(value)) {
    const item = types.getIndexTypeOfType(type, ts.IndexKind.Number);
    return item ? value.flatMap((one, index) => walk(types, item, one, `${path}/${index}`)) : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const values = types.getIndexTypeOfType(type, ts.IndexKind.String);
  const isDeclared = types.getPropertiesOfType(type).length > 0 || values !== undefined;
  if (!isDeclared) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const property = types.getPropertyOfType(type, name);
    const next = property ? types.getTypeOfSymbol(property) : values;
    return next
      ? walk(types, next, inner, `${path}/${name}`)
      : [{ path, message: `must NOT have additional properties (unknown field ${name})` }];
  });
}

import * as ts from 'typescript';
import { type Member, nameOf, parametersOf, publicMembers, type PublicType, publicTypes } from '../architecture/public-api';

/** An option, or a value that is passed by itself. */
export interface Parameter {
  readonly name: string;
  /** Type as it is written, without `undefined`. */
  readonly type: string;
  readonly isOptional: boolean;
  readonly isRest: boolean;
}

/** One way to pass values to the library. */
export interface PublicCall {
  /** `Class.member`. */
  readonly label: string;
  readonly owner: string;
  readonly member: string;
  readonly isStatic: boolean;
  readonly parameters: readonly Parameter[];
}

const types = publicTypes();

/** Every type of options that the package exports, with all its options, those of its base as well. */
export const structs: ReadonlyMap<string, readonly Parameter[]> = new Map(
  types.filter(isStruct).map((type) => [type.name.text, optionsOf(type)]),
);

/** Every constructor, function and method that takes anything. */
export const calls: readonly PublicCall[] = types.filter((type) => !isStruct(type) && !ts.isEnumDeclaration(type)).flatMap(callsOf);

/** The type of options that a parameter takes, by itself or in a list. */
export function structOf({ type }: Parameter): string | undefined {
  const name = type.replace(/\[\]$/, '');
  return structs.has(name) ? name : undefined;
}

function isStruct(type: PublicType): type is ts.InterfaceDeclaration {
  return ts.isInterfaceDeclaration(type) && !/^I[A-Z]/.test(type.name.text);
}

function optionsOf(type: ts.InterfaceDeclaration): Parameter[] {
  const bases = (type.heritageClauses ?? []).flatMap((clause) => clause.types.map((base) => base.expression.getText()));
  const inherited = types.filter(isStruct).filter(({ name }) => bases.includes(name.text));
  return [...inherited.flatMap(optionsOf), ...type.members.filter(ts.isPropertySignature).map(parameterOf)];
}

function callsOf(type: PublicType): PublicCall[] {
  const owner = type.name!.text;
  return publicMembers(type)
    .filter((member) => parametersOf(member).length > 0)
    .map((member) => {
      const isStatic = (ts.getCombinedModifierFlags(member as ts.ClassElement) & ts.ModifierFlags.Static) !== 0;
      return { label: `${owner}.${nameOf(member)}`, owner, member: nameOf(member), isStatic, parameters: parametersIn(member) };
    });
}

function parametersIn(member: Member): Parameter[] {
  return parametersOf(member).map(parameterOf);
}

function parameterOf(node: ts.ParameterDeclaration | ts.PropertySignature): Parameter {
  const isParameter = ts.isParameter(node);
  return {
    name: nameOf(node),
    type: node.type?.getText() ?? '',
    isOptional: node.questionToken !== undefined || (isParameter && node.initializer !== undefined),
    isRest: isParameter && node.dotDotDotToken !== undefined,
  };
}

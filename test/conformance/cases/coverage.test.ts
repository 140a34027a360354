import * as path from 'node:path';
import * as ts from 'typescript';
import { type Member, nameOf, publicMembers, type PublicType, publicTypes } from '../../architecture/public-api';
import { filesOf, ROOT } from '../../architecture/sources';
import { usedMembers } from '../used-options';

const cases = filesOf('test/conformance/cases', '.test.ts').map((file) => path.join(ROOT, file));

/** What users read and never write. */
const OUTPUT = [
  ...['MeshFinding', 'DeferredPart', 'MeshCall', 'MeshOpening', 'MeshRequirement', 'MeshRequirements'],
  ...['MeshGrant', 'Verdict', 'VerdictObject', 'VerdictRetries', 'VerdictShare', 'VerdictStep'],
];

describe('the cases', () => {
  it('use every option, every verb and every factory of the public API', () => {
    const used = usedMembers(cases);
    const unused = publicTypes()
      .flatMap((type) => choicesOf(type).map((member) => `${type.name!.text}.${nameOf(member)}`))
      .filter((choice) => !used.has(choice));
    expect(unused).toEqual([]);
  });
});

/** What a user may choose: optional properties, values of an enum, factories and other methods. */
function choicesOf(type: PublicType): Member[] {
  if (ts.isEnumDeclaration(type)) return publicMembers(type);
  if (ts.isInterfaceDeclaration(type)) return OUTPUT.includes(type.name.text) ? [] : publicMembers(type).filter(isOptional);
  return publicMembers(type).filter((member) => ts.isMethodDeclaration(member) || isStatic(member));
}

const isOptional = (member: Member): boolean => ts.isPropertySignature(member) && member.questionToken !== undefined;

const isStatic = (member: Member): boolean => (ts.getCombinedModifierFlags(member as ts.ClassElement) & ts.ModifierFlags.Static) !== 0;

import * as path from 'node:path';
import * as ts from 'typescript';
import { type Member, nameOf, publicMembers, type PublicType, publicTypes } from '../../architecture/public-api';
import { filesOf, ROOT } from '../../architecture/sources';
import { REPORTED } from '../../options/reported';
import { usedMembers } from '../used-options';

const cases = filesOf('test/conformance/cases', '.test.ts').map((file) => path.join(ROOT, file));

describe('the cases', () => {
  it('use every option, every verb and every factory of the public API', () => {
    const used = usedMembers(cases);
    const unused = publicTypes()
      .flatMap((type) => choicesOf(type).map((member) => `${type.name!.text}.${nameOf(member)}`))
      .filter((choice) => !used.has(choice));
    expect(unused).toEqual([]);
  });
});

/** What a user may choose, and not only read: optional properties, values of an enum, factories and other methods. */
function choicesOf(type: PublicType): Member[] {
  if (ts.isEnumDeclaration(type)) return publicMembers(type);
  if (ts.isInterfaceDeclaration(type))
    return [...REPORTED, 'DeferredPart'].includes(type.name.text) ? [] : publicMembers(type).filter(isOptional);
  return publicMembers(type).filter((member) => ts.isMethodDeclaration(member) || isStatic(member));
}

const isOptional = (member: Member): boolean => ts.isPropertySignature(member) && member.questionToken !== undefined;

const isStatic = (member: Member): boolean => (ts.getCombinedModifierFlags(member as ts.ClassElement) & ts.ModifierFlags.Static) !== 0;

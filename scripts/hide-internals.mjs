// Takes what is marked @internal out of the published types: jsii allows no `stripInternal`, which would also leave classes without a member, in
// whose place the compiler takes anything. A class that had such a field keeps the mark that only what it made is one of it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Rewrites every file of types in a folder. */
export function hideInternals(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.d.ts'));
  for (const file of files.map((one) => join(folder, one))) {
    const text = readFileSync(file, 'utf8');
    const hidden = withoutInternals(text);
    if (hidden !== text) writeFileSync(file, hidden);
  }
}

export function withoutInternals(text) {
  if (!text.includes('@internal')) return text;
  const source = ts.createSourceFile('types.d.ts', text, ts.ScriptTarget.Latest, true);
  const internals = source.statements.filter(ts.isClassDeclaration).flatMap(internalsOf);
  return internals.reverse().reduce((rest, { start, end, mark }) => rest.slice(0, start) + mark + rest.slice(end), text);
}

/** Where they stand, with their comments, and what comes there. */
function internalsOf({ members }) {
  const internals = members.filter((member) => ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal'));
  const isField = (member) =>
    ts.isPropertyDeclaration(member) && !ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  const first = internals.find(isField);
  return internals.map((member) => ({ start: member.pos, end: member.end, mark: member === first ? '\n    #private;' : '' }));
}

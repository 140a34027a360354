import { existsSync, readFileSync } from 'fs';
import * as path from 'path';
import { fromHere } from './from-here';

// Beside `lib`, or beside the `dist` that holds it; not there at all in a program that was bundled into one file.
const DOCS = ['../../../docs', '../../../../docs'].map((folder) => path.resolve(__dirname, folder)).find((folder) => existsSync(folder));

let errors: readonly string[] | undefined;

/**
 * The page of a code as it came with the package: a terminal opens it, without a network, and it is about this version. Codes of errors
 * share one page, so that theirs goes with the line.
 */
export function codePage(code: string): string | undefined {
  if (DOCS === undefined) return undefined;
  if (!/^MESH[0789]/.test(code)) return fromHere(path.join(DOCS, 'rules', `${code}.md`));
  const page = path.join(DOCS, 'errors.md');
  errors ??= readFileSync(page, 'utf8').split('\n');
  return fromHere(`${page}:${errors.findIndex((line) => line.startsWith(`## ${code}:`)) + 1}`);
}

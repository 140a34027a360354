import { existsSync, readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

export const ROOT = path.resolve(__dirname, '../..');

/** A hand-written file: where it is, seen from the root with forward slashes, and its syntax. */
export interface SourceFile {
  readonly file: string;
  readonly syntax: ts.SourceFile;
}

const ADAPTER = 'lib/pulumi/';
const COMMAND_LINE = 'lib/cli/';

/** Every hand-written TypeScript file of a folder, sorted. The Pulumi adapter and the command line are packages of their own. */
export function sourcesOf(folder: string): SourceFile[] {
  return filesOf(folder, '.ts')
    .filter((file) => !file.startsWith(ADAPTER) && !file.startsWith(COMMAND_LINE))
    .map(sourceOf);
}

/** The same of the Pulumi adapter. */
export function adapterSources(): SourceFile[] {
  return ownSources(ADAPTER);
}

/** The same of the command line. */
export function commandSources(): SourceFile[] {
  return ownSources(COMMAND_LINE);
}

function ownSources(folder: string): SourceFile[] {
  return filesOf(folder, '.ts')
    .filter((file) => !file.includes('/dist/') && !file.includes('/node_modules/'))
    .map(sourceOf);
}

export function sourceOf(file: string): SourceFile {
  return { file, syntax: ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true) };
}

/** Paths from the root of all files with an ending; none if the folder is not there. */
export function filesOf(folder: string, ending: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.posix.join(folder, ...file.split(path.sep)))
    .sort();
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** Every node below one, in the order of the text. */
export function nodesOf(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (child: ts.Node): void => {
    found.push(child);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

/** `file:line` of a node, for messages. */
export function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import type { YamlFile } from 'istio-constructs';
import { globSync } from 'tinyglobby';
import { UsageError } from '../outcome';

const STDIN = '-';
const MESH_JSON = 'mesh.json';
const MANIFESTS = '**/*.{yaml,yml,json}';
const NOT_OURS = ['**/node_modules/**', '**/.git/**'];
// In a folder stand values, settings of editors, charts and packages as well.
const MANIFEST = [/^[\s{]*["']?apiVersion["']?\s*:/m, /["']?kind["']?\s*:/];

/** What else is said of inputs. */
export interface Reading {
  /** Namespace of the objects that name none. */
  readonly namespaceName?: string;
  /** Patterns of what is passed over in folders and patterns. */
  readonly exclude?: readonly string[];
}

/** Texts of files, folders, patterns and `-` for what is piped in. Of folders and patterns it takes what looks like a manifest. */
export function readFiles(inputs: readonly string[], { namespaceName, exclude = [] }: Reading = {}): YamlFile[] {
  const excluded = [...NOT_OURS, ...exclude.flatMap(everythingIn)];
  const files = [...inputs, ...besides(inputs)].flatMap((input) => filesOf(input, excluded));
  const known = new Map(files.map((file) => [file.name, file]));
  if (known.size === 0) throw new UsageError(`no manifests in ${inputs.join(', ')}`);
  return [...known.values()].map((file) => ({ ...file, namespaceName }));
}

/** Where a synth's mesh.json alone is named, the folder of its manifests. */
function besides(inputs: readonly string[]): string[] {
  const [input] = inputs;
  if (inputs.length > 1 || basename(input) !== MESH_JSON || !existsSync(input)) return [];
  const clusters = /^  "clusters": \[([^]*)/m.exec(readFileSync(input, 'utf8'))?.[1].match(/^    \{/gm)?.length ?? 1;
  if (clusters > 1) throw new UsageError(`${input} is of ${clusters} clusters: name the manifests of one beside it`);
  return [dirname(input)];
}

/** What a name or pattern of a file or folder leaves out, wherever it is. */
function everythingIn(excluded: string): string[] {
  const name = excluded.replace(/^\.\//, '').replace(/\/+$/, '');
  return [name, `**/${name}`].flatMap((one) => [one, `${one}/**`]);
}

function filesOf(input: string, excluded: readonly string[]): YamlFile[] {
  if (input === STDIN) return [pipedIn()];
  if (!existsSync(input)) return /[*?[{]/.test(input) ? matching(input, excluded) : missing(input);
  return statSync(input).isDirectory() ? inFolder(input, excluded) : [{ name: input, text: readFileSync(input, 'utf8') }];
}

let isRead = false;

/** What is piped in is there once; nothing at all is what a failed command before it leaves. */
function pipedIn(): YamlFile {
  if (isRead) throw new UsageError('- can be said once');
  isRead = true;
  const text = readFileSync(0, 'utf8');
  if (text.trim() === '') throw new UsageError('nothing is piped in');
  return { name: 'stdin', text };
}

function missing(input: string): never {
  throw new UsageError(`there is no file or folder ${input}`);
}

function matching(pattern: string, excluded: readonly string[]): YamlFile[] {
  return manifests(globSync(pattern, { ignore: excluded }));
}

function inFolder(folder: string, excluded: readonly string[]): YamlFile[] {
  const files = globSync(MANIFESTS, { cwd: folder, ignore: excluded, absolute: true });
  return manifests(files.map((file) => relative(process.cwd(), file)));
}

function manifests(files: readonly string[]): YamlFile[] {
  const texts = [...files].sort().map((name) => ({ name, text: readFileSync(name, 'utf8') }));
  return texts.filter(({ name, text }) => basename(name) === MESH_JSON || MANIFEST.every((field) => field.test(text)));
}

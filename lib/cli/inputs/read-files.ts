import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { YamlFile } from 'istio-constructs';
import { globSync } from 'tinyglobby';
import { UsageError } from '../outcome';
import { textIn } from './text-in';

const STDIN = '-';
const READABLE = constants.R_OK | constants.X_OK;
const STDIN_NAME = 'stdin';
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
  const known = onceEach(files);
  if (known.length === 0) throw new UsageError(`no manifests in ${inputs.join(', ')}`);
  return known.map((file) => ({ ...file, namespaceName }));
}

/** Each file once, by its own name where links lead to it as well. */
function onceEach(files: readonly YamlFile[]): YamlFile[] {
  const byPlace = new Map<string, YamlFile>();
  for (const file of files) {
    const place = file.name === STDIN_NAME ? STDIN_NAME : realpathSync(file.name);
    if (!byPlace.has(place) || resolve(file.name) === place) byPlace.set(place, file);
  }
  return [...byPlace.values()];
}

/** Where a synth's mesh.json alone is named, the folder of its manifests. */
function besides(inputs: readonly string[]): string[] {
  const [input] = inputs;
  if (inputs.length > 1 || basename(input) !== MESH_JSON || !existsSync(input)) return [];
  const clusters = /^  "clusters": \[([^]*)/m.exec(textIn(input))?.[1].match(/^    \{/gm)?.length ?? 1;
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
  return statSync(input).isDirectory() ? inFolder(input, excluded) : [{ name: input, text: textIn(input) }];
}

let isRead = false;

/** What is piped in is there once; nothing at all is what a failed command before it leaves. */
function pipedIn(): YamlFile {
  if (isRead) throw new UsageError('- can be said once');
  isRead = true;
  const text = textIn(0);
  if (text.trim() === '') throw new UsageError('nothing is piped in');
  return { name: STDIN_NAME, text };
}

function missing(input: string): never {
  throw new UsageError(`there is no file or folder ${input}`);
}

function matching(pattern: string, excluded: readonly string[]): YamlFile[] {
  return manifests(globSync(pattern, { ignore: excluded }));
}

function inFolder(folder: string, excluded: readonly string[]): YamlFile[] {
  // A folder that nobody may read would be passed over in silence.
  for (const inner of ['', ...globSync('**', { cwd: folder, ignore: excluded, onlyDirectories: true })])
    accessSync(join(folder, inner), READABLE);
  const files = globSync(MANIFESTS, { cwd: folder, ignore: excluded, absolute: true });
  return manifests(files.map((file) => relative(process.cwd(), file)));
}

function manifests(files: readonly string[]): YamlFile[] {
  const texts = [...files].sort().map((name) => ({ name, text: textIn(name) }));
  return texts.filter(({ name, text }) => basename(name) === MESH_JSON || MANIFEST.every((field) => field.test(text)));
}

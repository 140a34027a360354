import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Manifest } from '../builders';

/** Objects as the server holds them, by kind, namespace and name. */
export type Objects = ReadonlyMap<string, Manifest>;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const APPLY = ['apply', '--server-side', '--validate=strict', '--warnings-as-errors', '--filename=-'];
const NOT_LISTED = /^(events|endpoints$|componentstatuses$)/; // come and go by themselves, or are old names of others

/** Applies manifests in the order written; answers what was refused, an object a line, with the server's reason. */
export async function refusals(yaml: string): Promise<string[]> {
  const { code, stderr } = await kubectl(APPLY, yaml);
  return code === 0 ? [] : blame(yaml, stderr);
}

/** What one more apply would change, as a text of differences; empty for nothing. */
export async function differences(yaml: string): Promise<string> {
  const { code, stdout, stderr } = await kubectl(['diff', '--server-side', '--filename=-'], yaml);
  return code === 0 ? '' : stdout || stderr;
}

/** The objects of these manifests, as the server holds them. */
export async function stored(yaml: string): Promise<Objects> {
  const found = JSON.parse(await answer(['get', '--output=json', '--filename=-'], yaml)) as Manifest & { items?: Manifest[] };
  return new Map((found.items ?? [found]).map((item) => [nameOf(item), item]));
}

/** Deletes the objects of these manifests, and returns when none of their namespaces is left. */
export async function deleteAll(yaml: string): Promise<void> {
  await answer(['delete', '--ignore-not-found', '--wait=false', '--filename=-'], yaml);
  const deleted = manifestsIn(yaml).filter(({ kind }) => kind === 'Namespace');
  const left = async (): Promise<string[]> => {
    const there = (await answer(['get', 'namespaces', '--output=name'])).split('\n');
    return deleted.map(({ metadata }) => `namespace/${metadata.name}`).filter((name) => there.includes(name));
  };
  const gone = await within(60, async () => (await left()).length === 0);
  if (!gone) throw new Error(`still there a minute after its deletion: ${(await left()).join(', ')}`);
}

/** Whatever the cluster holds, of every kind that it knows: `Kind namespace/name`. */
export async function everything(): Promise<string[]> {
  const kinds = (await answer(['api-resources', '--verbs=list', '--output=name'])).trim().split('\n');
  const listed = kinds.filter((kind) => !NOT_LISTED.test(kind)).join(',');
  const line = '{.kind} {.metadata.namespace}/{.metadata.name}{"\\n"}';
  const lines = (await answer(['get', listed, '--all-namespaces', `--output=jsonpath={range .items[*]}${line}{end}`])).trim().split('\n');
  return lines.map((text) => text.replace(' /', ' ')).sort();
}

/** What the cluster holds and did not before; the server may take some seconds to let go of the last of it. */
export async function leftovers(before: readonly string[], seconds = 10): Promise<string[]> {
  let left: string[] = [];
  await within(seconds, async () => {
    left = (await everything()).filter((object) => !before.includes(object));
    return left.length === 0;
  });
  return left;
}

/** A kind that somebody has taught the server. */
export interface Definition {
  readonly group: string;
  readonly kind: string;
  /** Those that it serves. */
  readonly versions: readonly string[];
}

/** The custom resources that the server knows. */
export async function definitions(): Promise<Definition[]> {
  const { items } = JSON.parse(await answer(['get', 'customresourcedefinitions', '--output=json'])) as {
    items: CustomResourceDefinition[];
  };
  return items.map(({ spec: { group, names, versions } }) => {
    return { group, kind: names.kind, versions: versions.filter(({ served }) => served).map(({ name }) => name) };
  });
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** `Kind namespace/name` of an object. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')}`;
}

// The server's reason does not always name the object, so each is tried alone; what then passes came too early in the order.
async function blame(yaml: string, reasons: string): Promise<string[]> {
  const refused: string[] = [];
  for (const manifest of manifestsIn(yaml)) {
    const [alone, name] = [stringify(manifest), nameOf(manifest)];
    const { code: missing } = await kubectl(['get', '--filename=-'], alone);
    const { code, stderr } = await kubectl(APPLY, alone);
    if (code !== 0) refused.push(`${name}: ${stderr.trim()}`);
    else if (missing) refused.push(`${name}: written too early: ${reasons.trim()}`);
  }
  return refused.length > 0 ? refused : reasons.trim().split('\n');
}

function manifestsIn(yaml: string): Manifest[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
}

/** Asks until it is so, or until the time is over. */
async function within(seconds: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return true;
}

/** Runs a command of kubectl as a user would type it, with what it is given on its input; fails where it fails. */
export async function run(args: readonly string[], input = ''): Promise<string> {
  return answer(args, input);
}

async function answer(args: readonly string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await kubectl(args, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}\n${stderr}`);
  return stdout;
}

/** Runs the kubectl that the set-up built; the server that it started is in the environment. */
function kubectl(args: readonly string[], input: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: dirname(process.env.KUBECONFIG ?? '.') };
    const options = { env, maxBuffer: 64 * 1024 * 1024, timeout: 100_000 };
    const child = execFile(process.env.CLUSTER_KUBECTL ?? 'kubectl', args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr: stderr || (error?.message ?? '') });
    });
    child.stdin?.on('error', () => undefined); // it may end before it has read all of it
    child.stdin?.end(input);
  });
}

// A project of its own with a stack of the real engine, whose program can be edited as a user would.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../apps/programs.mjs';

// No machine runs a pod here, so nothing waits for pods; all else is as the program has it.
const ENTRY = `const pulumi = require('@pulumi/pulumi');
pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
  if (!type.startsWith('kubernetes:apps/')) return undefined;
  const annotations = { 'pulumi.com/skipAwait': 'true' };
  return { props: { ...props, metadata: { ...props.metadata, annotations: { ...props.metadata.annotations, ...annotations } } }, opts };
});
module.exports = require('./MAIN');
`;

/** Makes a project in a folder of its own from files of this repository, and a stack of it. */
export function newStack({ folder, kubeconfig, files, main, config }) {
  mkdirSync(join(folder, 'state'), { recursive: true });
  for (const file of files) cpSync(join(ROOT, file), join(folder, file), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  // One of its own: with that of this repository the library would be looked for in this folder, by its name.
  writeFileSync(join(folder, 'package.json'), '{"name":"online-shop","private":true}\n');
  writeFileSync(join(folder, 'entry.cjs'), ENTRY.replace('MAIN', main));
  writeFileSync(join(folder, 'Pulumi.yaml'), 'name: online-shop\nruntime: nodejs\nmain: entry.cjs\n');
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(folder, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_NODEJS_TRANSPILE_ONLY: 'true', // types are checked by tests that take no cluster
  };
  const run = (args, more = {}) =>
    execFileSync('pulumi', [...args, '--non-interactive'], {
      cwd: folder,
      env: { ...env, ...more },
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const pulumi = (...args) => run(args);
  pulumi('stack', 'init', 'test');
  for (const [key, value] of Object.entries(config)) pulumi('config', 'set', key, value);
  pulumi('config', 'set', '--secret', 'kubeconfig', readFileSync(kubeconfig, 'utf8'));
  return { folder, env, pulumi, run };
}

/** What an update would do: each operation but `same`, with the objects that it is about as `Kind <program>/<namespace>/<name>`. */
export function preview({ pulumi }) {
  const { steps } = JSON.parse(pulumi('preview', '--json'));
  const ofObjects = steps.filter(({ op, urn }) => op !== 'same' && typeOf(urn).startsWith('kubernetes:'));
  const operations = [...new Set(ofObjects.map(({ op }) => op))].sort();
  return Object.fromEntries(
    operations.map((op) => [
      op,
      ofObjects
        .filter((step) => step.op === op)
        .map(({ urn }) => labelOf(urn))
        .sort(),
    ]),
  );
}

export const typeOf = (urn) => urn.split('::')[2].split('$').at(-1);

const labelOf = (urn) => `${typeOf(urn).split(':').at(-1)} ${urn.split('::')[3]}`;

/** Of each object in the state the identity that the API server gave it: another one means that it was made anew. */
export function uids({ pulumi }) {
  const { resources = [] } = JSON.parse(pulumi('stack', 'export')).deployment;
  const objects = resources.filter(({ type }) => type.startsWith('kubernetes:'));
  return new Map(objects.map(({ outputs }) => [keyOf(outputs), outputs.metadata.uid]));
}

export const keyOf = ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

export const up = ({ pulumi }, ...flags) => pulumi('up', '--yes', '--skip-preview', ...flags);

/** Programs that are not on the PATH. Asked for anything else, `version` too, the provider starts its server, which never ends. */
export const missing = (programs) =>
  programs.filter((program) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error?.code === 'ENOENT');

// `cdk8s synth` into a folder beside the manifests, which takes their place only after success. `npm run synth -- bookinfo` runs
// apps/bookinfo instead of the program that cdk8s.yaml names.
// The CLI alone empties its output folder before the app runs and buries the app's report under two stack traces.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const output = /^output:\s*(\S+)/m.exec(readFileSync('cdk8s.yaml', 'utf8'))?.[1] ?? 'manifests';

/** Runs the CLI with the app line of cdk8s.yaml, or with another; passes on what the app wrote to stderr, and answers the exit code. */
async function cdk8sSynth(folder, otherApp) {
  const cli = createRequire(import.meta.url).resolve('cdk8s-cli/package.json');
  const options = ['--check-upgrade=false', '--output', folder, ...(otherApp ? ['--app', otherApp] : [])];
  const args = ['--require', here('cli.cjs'), join(dirname(cli), 'bin', 'cdk8s'), 'synth', ...options];
  const compiled = isCompiled() ? { TSX_TSCONFIG_PATH: here('../tsconfig.compiled.json') } : {};
  const preload = `--require ${JSON.stringify(here('program.cjs'))}`;
  const lastMesh = { ISTIO_CONSTRUCTS_LAST_MESH: resolve(output, 'mesh.json') };
  const env = { ...process.env, ...compiled, ...lastMesh, NODE_OPTIONS: [process.env.NODE_OPTIONS, preload].filter(Boolean).join(' ') };

  const child = spawn(process.execPath, args, { stdio: ['inherit', 'ignore', 'pipe'], env });
  const exit = new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
  let report = true;
  for await (const line of createInterface({ input: child.stderr })) {
    report &&= !/^Error: command ".*" at .* returned a non-zero exit code/.test(line);
    if (report) console.error(line);
  }
  return exit;
}

/** How to run the app of that name under `apps/`; undefined without a name. */
function appNamed(name) {
  if (name === undefined) return undefined;
  const names = existsSync('apps') ? readdirSync('apps').sort() : [];
  if (names.includes(name)) return `node --import tsx apps/${name}/cdk8s.ts`;
  console.error(`There is no app ${name}; there are ${names.join(', ')}.`);
  process.exit(1);
}

/** True when `dist` is as new as `lib`: loading it takes half the time of compiling the sources on the way. */
function isCompiled() {
  const newest = (folder, files) => Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
  if (!existsSync('dist/lib/index.js')) return false;
  return statSync('dist/lib/index.js').mtimeMs > newest('lib', readdirSync('lib', { recursive: true }));
}

/** Renames the new folder over the old one; what was there comes back if that fails. */
function replace(old, fresh) {
  const aside = `${fresh}.old`;
  if (existsSync(old)) renameSync(old, aside);
  try {
    renameSync(fresh, old);
  } catch (error) {
    if (existsSync(aside)) renameSync(aside, old);
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

/** One line a file: its path, and how many objects, clusters or callees it holds. */
function contents(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(yaml|json|md)$/.test(file));
  return files.sort().map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    if (file === 'mesh.json') return [file, JSON.parse(text).clusters.length, 'cluster'];
    if (file === 'access.md') return [file, text.match(/^## Calls to /gm)?.length ?? 0, 'callee'];
    return [file, text.split(/^---$/m).filter((part) => part.trim() !== '').length, 'object'];
  });
}

/** One line for each cluster: what it has to have. */
function needs(folder) {
  const file = join(folder, 'mesh.json');
  if (!existsSync(file)) return [];
  const { clusters } = JSON.parse(readFileSync(file, 'utf8'));
  return [...new Set(clusters.map(({ requirements }) => requirements.summary))];
}

const app = appNamed(process.argv[2]);
mkdirSync(dirname(output), { recursive: true });
const fresh = mkdtempSync(join(dirname(output), '.manifests-'));
process.on('SIGINT', () => {}); // reaches the child too; the clean-up below then runs as after any failure

try {
  const code = await cdk8sSynth(fresh, app);
  const files = code === 0 ? contents(fresh) : [];
  if (files.some(([, , unit]) => unit === 'object')) {
    replace(output, fresh);
    for (const [file, count, unit] of files) console.log(`${join(output, file)}: ${count} ${unit}${count === 1 ? '' : 's'}`);
    for (const line of needs(output)) console.log(line);
  } else {
    console.error(code === 0 ? 'The app wrote no manifest.' : `Nothing was written; ${output} is as it was.`);
    process.exitCode = code || 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

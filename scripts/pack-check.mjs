// `npm run pack:check`: the package as others get it. Packs it, looks at every file in it, installs it with its peers into an
// empty project outside the repository, asks its types what they take and show, and runs the README's first example there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'pack-check-'));

/** Internals are not offered, and a class without public members takes nothing but its own. */
const REFUSED = `
import { type CallOptions, HttpAccess, MeshPort, ServiceAccess, Waypoint } from 'istio-constructs';
// @ts-expect-error
export const facts = HttpAccess.get()._facts;
// @ts-expect-error
export const of = ServiceAccess._of;
// @ts-expect-error
export const text: CallOptions = { http: ['/admin'] };
// @ts-expect-error
export const other: CallOptions = { http: [MeshPort.http(80)] };
// @ts-expect-error
export const policy: Waypoint = {};
`;

try {
  const { filename, files } = pack();
  checkFiles(files.map((file) => file.path));
  const project = join(folder, 'project');
  install(project, join(folder, filename));
  const yaml = runExample(project);
  console.log(`${filename}: ${files.length} files, all expected; the README's first example gave ${yaml.split(/^---$/m).length} objects`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack() {
  npm(['run', '--silent', 'build'], '.');
  return JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.'))[0];
}

/** Compiled code with its types, the jsii assembly, README, LICENSE and what is bundled: nothing else, and nothing without a source. */
function checkFiles(files) {
  const always = ['.jsii', 'LICENSE', 'README.md', 'package.json'];
  const bundled = (manifest.bundleDependencies ?? manifest.bundledDependencies ?? []).map((name) => `node_modules/${name}/`);
  const expected = (file) => always.includes(file) || hasSource(file) || bundled.some((start) => file.startsWith(start));

  const unexpected = files.filter((file) => !expected(file));
  const missing = [...always, manifest.main, manifest.types].filter((file) => !files.includes(file));
  if (unexpected.length > 0) throw new Error(`not meant for the package: ${unexpected.join(', ')}`);
  if (missing.length > 0) throw new Error(`missing from the package: ${missing.join(', ')}`);
}

function hasSource(file) {
  const source = /^dist\/((?:lib|imports)\/.+?)(?:\.d\.ts|\.js)$/.exec(file)?.[1];
  return source !== undefined && existsSync(`${source}.ts`);
}

function install(project, tarball) {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty-project', private: true }));
  const others = [...Object.keys(manifest.peerDependencies), 'tsx', 'typescript', '@types/node'];
  const versions = others.map((name) => `${name}@${manifest.devDependencies[name]}`);
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...versions], project);
}

/** Type-checks and runs the example with the installed package, and answers the YAML that it wrote. */
function runExample(project) {
  const example = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync('README.md', 'utf8'))?.[1];
  if (!example) throw new Error('README.md has no ts example');
  writeFileSync(join(project, 'main.ts'), example);

  writeFileSync(join(project, 'refused.ts'), REFUSED);

  const node = (args) => run(process.execPath, args, project);
  const tsc = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--types', 'node', 'main.ts', 'refused.ts'];
  node([join(project, 'node_modules', 'typescript', 'bin', 'tsc'), ...tsc]);
  node(['--import', 'tsx', 'main.ts']);

  const dist = join(project, 'dist');
  const yaml = readdirSync(dist).map((file) => readFileSync(join(dist, file), 'utf8'));
  for (const kind of ['Deployment', 'AuthorizationPolicy', 'NetworkPolicy']) {
    if (!yaml.some((text) => text.includes(`\nkind: ${kind}\n`))) throw new Error(`the README's first example gave no ${kind}`);
  }
  return yaml.join('---\n');
}

function npm(args, cwd) {
  return run('npm', args, cwd, process.platform === 'win32');
}

/** Answers stdout; of a command that fails it is shown. */
function run(command, args, cwd, shell = false) {
  try {
    return execFileSync(command, args, { cwd, shell, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    process.stderr.write(error.stdout ?? '');
    throw error;
  }
}

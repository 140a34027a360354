// `npm run pack:check`: the package as others get it. Packs it, looks at every file in it, installs it with its peers into an
// empty project outside the repository, asks its types what they take and show, and runs the README's first example there, as it is and
// with mistakes in it, the matchers for tests, and the command line.
import { execFileSync, spawnSync } from 'node:child_process';
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

/** What the tests of a user's mesh do: the matchers come from a module of their own. */
const MATCHERS = `
import { Verdicts } from 'istio-constructs';
import { meshMatchers } from 'istio-constructs/testing';
const service = 'apiVersion: v1\\nkind: Service\\nmetadata: { name: cart, namespace: shop }\\nspec: { ports: [{ port: 80 }], selector: { app: cart } }';
const { pass, message } = meshMatchers.toAllow(Verdicts.ofYaml(service), 'pod:shop', 'cart', 'GET /');
if (pass || !message().startsWith('expected pod:shop to be allowed to call cart with GET /')) throw new Error(message());
`;

try {
  const { filename, files } = pack();
  checkFiles(files.map((file) => file.path));
  const project = join(folder, 'project');
  install(project, join(folder, filename));
  const yaml = runExample(project);
  mkdirSync(join(project, 'manifests'));
  writeFileSync(join(project, 'manifests', 'mesh.yaml'), yaml);
  writeFileSync(join(project, 'matchers.ts'), MATCHERS);
  tsc(project, '--noEmit', 'matchers.ts');
  run(process.execPath, ['--import', 'tsx', 'matchers.ts'], project);
  checkReports(project);
  checkCommandLine(project);
  console.log(`${filename}: ${files.length} files, all expected; the README's first example gave ${yaml.split(/^---$/m).length} objects`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack() {
  const before = readFileSync('package.json', 'utf8');
  const [packed] = JSON.parse(npm(['pack', '--json', '--foreground-scripts=false', '--pack-destination', folder], '.'));
  if (readFileSync('package.json', 'utf8') !== before) throw new Error('npm pack has changed package.json');
  return packed;
}

/** What is bundled comes with what it needs itself. */
function withTheirOwn(names) {
  const needed = (name) => Object.keys(JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).dependencies ?? {});
  return names.flatMap((name) => [name, ...withTheirOwn(needed(name))]);
}

/** Compiled code with its types, the jsii assembly, what there is to read, the example programs, and what is bundled: nothing else, and nothing without a source. */
function checkFiles(files) {
  const always = [
    '.jsii',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'docs/errors.md',
    'docs/rules/README.md',
    'package.json',
  ];
  const bundled = withTheirOwn(manifest.bundleDependencies ?? []).map((name) => `node_modules/${name}/`);
  const toRead = (file) => /^docs\/[\w/-]+\.md$|^apps\/[\w-]+\/[\w-]+\.(md|ts)$/.test(file);
  const expected = (file) => always.includes(file) || toRead(file) || hasSource(file) || bundled.some((start) => file.startsWith(start));

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
  const others = [...Object.keys(manifest.peerDependencies), 'tsx', 'typescript'];
  const versions = others.map((name) => `${name}@${manifest.devDependencies[name]}`);
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...versions], project);
  const { scripts } = JSON.parse(readFileSync(join(project, 'node_modules', manifest.name, 'package.json'), 'utf8'));
  const run = ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in scripts);
  if (run.length > 0) throw new Error(`npm warns of scripts that the package has no files for: ${run.join(', ')}`);
}

/** Type-checks and runs the example with the installed package, and answers the YAML that it wrote. */
function runExample(project) {
  writeFileSync(join(project, 'main.ts'), readmeExample());
  writeFileSync(join(project, 'refused.ts'), REFUSED);
  tsc(project, '--noEmit', 'main.ts', 'refused.ts');
  run(process.execPath, ['--import', 'tsx', 'main.ts'], project);

  const dist = join(project, 'dist');
  const yaml = readdirSync(dist).map((file) => readFileSync(join(dist, file), 'utf8'));
  for (const kind of ['Deployment', 'AuthorizationPolicy', 'NetworkPolicy']) {
    if (!yaml.some((text) => text.includes(`\nkind: ${kind}\n`))) throw new Error(`the README's first example gave no ${kind}`);
  }
  return yaml.join('---\n');
}

/** A mistake prints its report, the lines of the user that led to it, and what Node adds to whatever ends a program; nothing is written. */
function checkReports(project) {
  const mistakes = [
    ['wrong-value', 'ports: [MeshPort.http(8080)]', 'ports: [MeshPort.http(80800)]', /^MESH002 at MeshPort: /],
    ['wrong-call', "http: [HttpAccess.get('/products/*')]", 'port: 9090', /^error MESH203 at shop\/shop\/cart: /],
  ];
  for (const [name, right, wrong, report] of mistakes) {
    writeFileSync(join(project, `${name}.ts`), readmeExample().replace(right, wrong));
    tsc(project, '--outDir', 'compiled', '--module', 'node16', `${name}.ts`);
    for (const command of [['--import', 'tsx', `${name}.ts`], [`compiled/${name}.js`], ['--enable-source-maps', `compiled/${name}.js`]]) {
      rmSync(join(project, 'dist'), { recursive: true, force: true });
      checkReport(project, command, [report, /^ {2}got: /, /^ {2}fix: /, new RegExp(`^ {2}declared at: .*${name}`), /^ {2}page: /]);
    }
  }
}

function checkReport(project, command, report) {
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: project, encoding: 'utf8' });
  const program = command.at(-1);
  const lines = stderr.split('\n');
  const isUsers = (line) => (line.startsWith('    at ') && line.includes(program)) || /^(Node\.js v.*)?$/.test(line);
  const isTold = report.every((part, index) => part.test(lines[index])) && lines.slice(report.length).every(isUsers);
  if (status !== 1 || !isTold)
    throw new Error(`node ${command.join(' ')} ended with ${status}, and printed more or less than the report:\n${stderr}`);
  const [, page, line = 1] = /^ {2}page: (.*?\.md)(?::(\d+))?$/m.exec(stderr);
  const heading = readFileSync(join(project, page), 'utf8').split('\n')[line - 1];
  if (!stderr.includes(/^#+ (\w+):/.exec(heading)?.[1])) throw new Error(`${page}, line ${line} is not about\n${stderr}`);
  if (existsSync(join(project, 'dist'))) throw new Error(`node ${command.join(' ')} wrote files in spite of its mistake`);
}

/** The command line beside it, as its own package: it reads what the example has written, and finds nothing. */
function checkCommandLine(project) {
  const [{ filename, files }] = JSON.parse(npm(['pack', '--json', '--workspace', 'lib/cli', '--pack-destination', folder], '.'));
  const unexpected = files.map(({ path }) => path).filter((path) => !/^(LICENSE|README\.md|package\.json|dist\/[\w/.-]+)$/.test(path));
  if (unexpected.length > 0) throw new Error(`not meant for the package of the command line: ${unexpected.join(', ')}`);
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename)], project);
  const command = join(project, 'node_modules', '.bin', 'istio-constructs');
  run(command, ['lint', 'manifests'], project, process.platform === 'win32');
  run(command, ['graph', 'manifests', '-o', 'mesh.html'], project, process.platform === 'win32');
  if (!readFileSync(join(project, 'mesh.html'), 'utf8').includes('id="data">{"graph":'))
    throw new Error('the page of the mesh has no mesh in it');
  run(
    command,
    ['explain', '--from', 'cart', '--to', 'product', 'GET', '/products/1', '-f', 'manifests'],
    project,
    process.platform === 'win32',
  );
}

function readmeExample() {
  const example = /^```ts\b.*\n([\s\S]*?)^```/m.exec(readFileSync('README.md', 'utf8'))?.[1];
  if (!example) throw new Error('README.md has no ts example');
  return example;
}

function tsc(project, ...args) {
  const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [compiler, ...args], project);
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

// Builds programs of a Go module of this repository, once for every content.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { cachedFolder, MissingTool } from './cached-folder.mjs';

export { MissingTool };

/**
 * The folder with the programs of a module, built now if this content never was.
 * `packages` maps the name of a program to its package; `extras(folder, goDirOf)` puts more beside them.
 */
export function builtModule({ name, folder, packages, extras = () => {}, minutes }) {
  const version = goVersion(name);
  return cachedFolder(name, contentHash(folder, [version, JSON.stringify(packages), String(extras)]), (partial) => {
    process.stderr.write(
      `building ${name} from ${relative(process.cwd(), folder)}: about ${minutes} minutes where nothing is cached yet\n`,
    );
    for (const [program, pkg] of Object.entries(packages)) go(folder, ['build', '-o', join(partial, program), pkg]);
    extras(partial, (module) => go(folder, ['list', '-m', '-f', '{{.Dir}}', module]).trim());
  });
}

function goVersion(name) {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { encoding: 'utf8', cwd: tmpdir() });
  if (status === 0) return stdout;
  throw new MissingTool(
    `npm run test:${name} builds its engines with Go, and no Go is on the PATH: install Go 1.26 or later (https://go.dev/dl) and run it again`,
  );
}

/** What a go command answers, run in the folder of a module. */
export function go(folder, args) {
  const { status, stdout, error } = spawnSync('go', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status === 0) return stdout;
  throw new Error(`go ${args.join(' ')} failed in ${folder}${error ? `: ${error.message}` : ', see above'}`);
}

function contentHash(folder, more) {
  const hash = createHash('sha256');
  for (const file of sources(folder)) hash.update(relative(folder, file)).update('\0').update(readFileSync(file)).update('\0');
  for (const text of more) hash.update(text).update('\0');
  return hash;
}

const sources = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^go\.(mod|sum)$|\.go$/.test(basename(entry.name)) && !entry.name.endsWith('_test.go'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** The folder of a module of somebody else, in a version: Go's cache keeps it. */
export function folderOf(module: string): string {
  const { stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', module], { cwd: tmpdir(), encoding: 'utf8' });
  const { Dir, Error: problem } = JSON.parse(stdout) as { Dir?: string; Error?: string };
  if (Dir === undefined) throw new Error(problem ?? stderr);
  return Dir;
}

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const PROGRAM = 'cdk8s.ts';

/** Names of the apps in a folder that cdk8s can run. */
export const appsIn = (folder) => readdirSync(folder).filter((name) => existsSync(join(folder, name, PROGRAM)));

/** Runs an app as cdk8s does, and has it write its manifests to a folder. */
export async function runApp(app, outdir) {
  mkdirSync(outdir, { recursive: true });
  const env = { ...process.env, CDK8S_OUTDIR: outdir };
  await promisify(execFile)(process.execPath, ['--import', 'tsx', join(app, PROGRAM)], { cwd: ROOT, env });
}

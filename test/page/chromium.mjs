import { spawnSync } from 'node:child_process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The program of Chromium: one that is said, one of this machine, or Debian's, installed now; undefined where there is none to be had. */
export function chromiumProgram() {
  if (process.env.CHROMIUM_PROGRAM) return process.env.CHROMIUM_PROGRAM;
  return installed() ?? (installedNow() ? installed() : undefined);
}

function installed() {
  return NAMES.map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim()).find(Boolean);
}

/** Packages are root's business. */
function installedNow() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return false;
  console.error('npm run test:page installs the package chromium');
  const steps = [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']];
  return steps.every((args) => {
    const { status } = spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return status === 0;
  });
}

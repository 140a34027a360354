// What is built or installed once for every content lies in the user's cache folder.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What is needed and this machine lacks; the message is for the person who started the command. */
export class MissingTool extends Error {}

/** The folder of this name and content, which `make(folder)` fills now if nobody ever did. */
export function cachedFolder(name, hash, make) {
  const target = join(cacheFolder(), `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(target)) return target;

  mkdirSync(dirname(target), { recursive: true });
  removeAbandoned(dirname(target));
  const partial = mkdtempSync(`${target}.${process.pid}.`);
  try {
    make(partial);
    publish(partial, target);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return target;
}

// Two runs may build side by side; the first to finish is kept.
function publish(partial, target) {
  try {
    renameSync(partial, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

// An interrupted build leaves its folder, which is named after its process.
function removeAbandoned(cache) {
  for (const folder of readdirSync(cache)) {
    const [, pid] = /\.(\d+)\.\w+$/.exec(folder) ?? [];
    if (pid && !isRunning(Number(pid))) rmSync(join(cache, folder), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'istio-constructs');

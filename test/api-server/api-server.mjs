import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

let stop = () => Promise.resolve();

/** Starts the API server from a folder of programs and says where its files are; an interrupted run stops it as well. */
export async function startApiServer(programs) {
  const server = fileURLToPath(new URL('server.mjs', import.meta.url));
  const child = spawn(process.execPath, [server, programs], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const ended = once(child, 'exit');
  stop = () => {
    child.stdin.end();
    return ended;
  };
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.once(signal, () => stop().then(() => process.exit(code)));
  }

  const failed = ended.then(() => Promise.reject(new Error('the API server did not start: see above')));
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), failed]);
  return JSON.parse(line);
}

/** Ends what was started, and returns when no process and no file of it is left. */
export const stopApiServer = () => stop();

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { flagsIn, withAccessLog } from './access-log';

/** An Envoy with one listener, running. */
export interface EnvoyProcess {
  /** Where it listens on loopback. */
  readonly port: number;
  /** Response flags of the requests so far, `-` where there is none. */
  flags(): readonly string[];
  stop(): Promise<void>;
}

/** Where the suite's set-up left the program. */
const PROGRAM = 'ENVOY_PROGRAM';
const READY_WITHIN = 40_000;
const LAST_LINES = 25;

// Envoy ends when this input does, and its folder with it: whoever started it may die in any way.
const UNTIL_INPUT_ENDS = 'exec 3<&0; "$@" & envoy=$!; exec 2>/dev/null; { cat >/dev/null; kill -9 $envoy; } <&3 & wait $envoy; rm -rf "$0"';

export async function startEnvoy(config: object): Promise<EnvoyProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-envoy-'));
  const [file, admin, accessLog] = ['envoy.json', 'admin', 'access.log'].map((name) => join(folder, name));
  writeFileSync(file, JSON.stringify(withAccessLog(config, accessLog)));
  const flags = [
    '--config-path',
    file,
    '--admin-address-path',
    admin,
    '--log-level',
    'warning',
    '--concurrency',
    '1',
    '--disable-hot-restart',
    '--file-flush-interval-msec',
    '50',
  ];
  const child = spawn('sh', ['-c', UNTIL_INPUT_ENDS, folder, process.env[PROGRAM] ?? '', ...flags], { stdio: ['pipe', 'ignore', 'pipe'] });
  const log = lastLinesOf(child);
  const state = { isRunning: true };
  const ended = new Promise<void>((resolve) => child.once('error', () => resolve()).once('close', () => resolve()));
  void ended.then(() => (state.isRunning = false));
  const stop = async () => {
    child.stdin?.end();
    await ended;
  };

  const port = await listening(admin, state);
  if (port !== undefined) return { port, flags: () => flagsIn(accessLog), stop };
  await stop();
  throw new Error(['Envoy did not start with this configuration:', ...log].join('\n'));
}

function lastLinesOf(child: ChildProcess): readonly string[] {
  const lines: string[] = [];
  child.stderr?.on('data', (data: Buffer) => {
    lines.push(...data.toString().trimEnd().split('\n'));
    lines.splice(0, lines.length - LAST_LINES);
  });
  return lines;
}

/** The port of the one listener, once all is ready; nothing where that will not be. */
async function listening(admin: string, state: { readonly isRunning: boolean }): Promise<number | undefined> {
  for (const until = Date.now() + READY_WITHIN; state.isRunning && Date.now() < until; await sleep(50)) {
    if (!existsSync(admin)) continue;
    const base = `http://${readFileSync(admin, 'utf8').trim()}`;
    if ((await textFrom(`${base}/ready`)) !== 'LIVE') continue;
    const { listener_statuses } = JSON.parse((await textFrom(`${base}/listeners?format=json`)) ?? '{}') as Listeners;
    const port = listener_statuses?.[0]?.local_address.socket_address.port_value;
    if (port) return port;
  }
  return undefined;
}

interface Listeners {
  readonly listener_statuses?: readonly { readonly local_address: { readonly socket_address: { readonly port_value: number } } }[];
}

/** Nothing as long as nobody answers. */
async function textFrom(url: string): Promise<string | undefined> {
  try {
    return (await (await fetch(url)).text()).trim();
  } catch {
    return undefined;
  }
}

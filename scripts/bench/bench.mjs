// `npm run bench [-- sizes]`: how long N services take with this library, beside the same objects as raw ApiObjects.
// Every number comes from fresh processes, the two kinds in turn, and is the median: machines are noisy, and users start cold.
// BENCH_PLANE=ambient measures the other data plane; BENCH_RUNS sets the runs a size.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measured } from './measured';

interface Run extends Measured {
  /** Wall-clock seconds of the whole process. */
  readonly whole: number;
}

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100, 1000, 4000];
const runs = (services: number) => Number(process.env.BENCH_RUNS ?? (services > 1000 ? 3 : 5));
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

try {
  sizes.forEach((services) => benchOne(services));
} finally {
  rmSync(folder, { recursive: true });
}

function benchOne(services: number): void {
  const file = join(folder, `${services}.json`);
  const objects = Number(child('objects.ts', String(services), file));
  const mesh: Run[] = [];
  const raw: Run[] = [];
  for (let run = 0; run < runs(services); run++) {
    mesh.push(timed('mesh.ts', String(services)));
    raw.push(timed('raw.ts', file));
  }

  const rss = Math.max(...mesh.map((one) => one.rss)).toFixed(0);
  console.log(`bench services=${services} objects=${objects} ${compare(mesh, raw, 'work')} rss_mb=${rss}`);
  console.log(`process services=${services} ${compare(mesh, raw, 'whole')} load_seconds=${median(mesh, 'load').toFixed(2)}`);
}

function compare(mesh: Run[], raw: Run[], key: keyof Run): string {
  const [ours, theirs] = [median(mesh, key), median(raw, key)];
  return `seconds=${ours.toFixed(3)} raw_seconds=${theirs.toFixed(3)} ratio=${(ours / theirs).toFixed(2)}`;
}

function median(all: Run[], key: keyof Run): number {
  const sorted = all.map((one) => one[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function timed(script: string, input: string): Run {
  const started = performance.now();
  const measured = JSON.parse(child(script, input)) as Measured;
  return { ...measured, whole: (performance.now() - started) / 1000 };
}

function child(script: string, ...args: string[]): string {
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(__dirname, '../tsconfig.compiled.json') };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, script), ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'], // findings are not what is measured
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}\n${stderr}`);
  return stdout;
}

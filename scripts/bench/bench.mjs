// `npm run bench [-- sizes]`: how long N services take with this library, beside the same objects as raw ApiObjects. It measures
// the compiled library, so build first. Every number is the median of fresh processes, the two kinds in turn: machines are noisy,
// and users start cold. BENCH_PLANE=ambient measures the other data plane; BENCH_RUNS sets the runs a size.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100, 1000, 4000];
const runs = (services) => Number(process.env.BENCH_RUNS ?? (services > 1000 ? 3 : 5));
// All pairs of more services are more than a bench waits for.
const MOST_ASKED = 1000;
// What lint, explain and all pairs may take, by what parsing takes on the same machine.
const MOST_BESIDE_PARSING = { lint: 1.5, explain: 1.5, all_pairs: 3 };
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

try {
  for (const services of sizes) bench(services);
} finally {
  rmSync(folder, { recursive: true });
}

function bench(services) {
  const file = join(folder, `${services}.json`);
  const objects = Number(child('objects.mjs', services, file));
  const mesh = [];
  const raw = [];
  for (let run = 0; run < runs(services); run++) {
    mesh.push(timed('mesh.mjs', services));
    raw.push(timed('raw.mjs', file));
  }

  const rss = Math.max(...mesh.map((one) => one.rss)).toFixed(0);
  console.log(`bench services=${services} objects=${objects} ${compare(mesh, raw, 'work')} rss_mb=${rss}`);
  console.log(`process services=${services} ${compare(mesh, raw, 'whole')} load_seconds=${median(mesh, 'load').toFixed(3)}`);
  if (services <= MOST_ASKED) questions(services, file);
}

/** What questions about the same objects as YAML take, beside parsing it. */
function questions(services, file) {
  const asked = Array.from({ length: runs(services) }, () => JSON.parse(child('questions.mjs', file)));
  const [parse, lint, explain, ways] = ['parse', 'lint', 'explain', 'ways'].map((key) => median(asked, key));
  const beside = (seconds) => `seconds=${seconds.toFixed(3)} parse_ratio=${(seconds / parse).toFixed(2)}`;
  console.log(`lint services=${services} ${beside(lint)}`);
  console.log(`explain services=${services} ${beside(explain)}`);
  console.log(`all_pairs services=${services} ${beside(ways)}`);
  for (const [name, seconds] of Object.entries({ lint, explain, all_pairs: ways })) {
    const most = MOST_BESIDE_PARSING[name];
    if (services >= 1000 && seconds > most * parse) throw new Error(`${name} takes ${beside(seconds)}: the bound is ${most}`);
  }
}

function compare(mesh, raw, key) {
  const [ours, theirs] = [median(mesh, key), median(raw, key)];
  return `seconds=${ours.toFixed(3)} raw_seconds=${theirs.toFixed(3)} ratio=${(ours / theirs).toFixed(2)}`;
}

function median(all, key) {
  const sorted = all.map((one) => one[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function timed(script, input) {
  const started = performance.now();
  const measured = JSON.parse(child(script, input));
  return { ...measured, whole: (performance.now() - started) / 1000 };
}

function child(script, ...args) {
  const command = [join(import.meta.dirname, script), ...args.map(String)];
  // Findings are not what is measured, and of a thousand services they are many.
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: Infinity });
  if (status !== 0) throw new Error(`${script} ended with ${status}\n${stderr}`);
  return stdout;
}

// What one child process tells its parent, as one line of JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';

/**
 * Times `build` and `app.synth()`, and prints the result. Call it when everything is imported.
 * @param {(app: App) => void} build
 */
export function measure(build) {
  const loaded = performance.now(); // since the process started
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));

  const app = new App({ outdir });
  build(app);
  app.synth();
  const done = performance.now();

  rmSync(outdir, { recursive: true });
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ load: loaded / 1000, work: (done - loaded) / 1000, rss }));
}

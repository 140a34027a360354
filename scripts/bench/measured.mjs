// What one child process tells its parent, as one line of JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';

export interface Measured {
  /** Seconds from process start until all modules were loaded. */
  readonly load: number;
  /** Seconds to build the tree and write the YAML. */
  readonly work: number;
  /** The most memory the process held, in MB. */
  readonly rss: number;
}

/** Times `build` and `app.synth()`, and prints the result. Call it when everything is imported. */
export function measure(build: (app: App) => void): void {
  const load = performance.now();
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));

  const app = new App({ outdir });
  build(app);
  app.synth();
  const work = performance.now() - load;

  rmSync(outdir, { recursive: true });
  const measured: Measured = { load: load / 1000, work: work / 1000, rss: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(measured));
}

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingTool } from '../../scripts/engines/go-module.mjs';
import { ROOT, appsIn, runApp } from '../apps/programs.mjs';
import { conformanceEngine } from './engines.mjs';

/** Builds the judge before the first test, unless it is said where one is, and has every app write its manifests. */
export default async function setUp() {
  try {
    process.env.CONFORMANCE_ENGINE ??= conformanceEngine();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  process.env.CONFORMANCE_MANIFESTS = folder;
  const apps = join(ROOT, 'apps');
  for (const app of appsIn(apps)) await runApp(join(apps, app), join(folder, app));
}

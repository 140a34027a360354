import { MissingTool } from '../../scripts/engines/cached-folder.mjs';
import { prometheusEngine } from './engines.mjs';

/** Builds promtool, unless it is said in which folder it is. */
export default function setUp() {
  try {
    process.env.PROMETHEUS_ENGINE ??= prometheusEngine();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

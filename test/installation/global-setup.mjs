import { MissingTool } from '../../scripts/engines/cached-folder.mjs';
import { installationEngine } from './engines.mjs';

/** Builds the program, unless it is said in which folder it is. */
export default function setUp() {
  try {
    process.env.INSTALLATION_ENGINE ??= installationEngine();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

import { MissingTool } from '../../scripts/engines/cached-folder.mjs';
import { conformanceEngine } from '../conformance/engines.mjs';
import { envoyProgram } from './engines.mjs';

/** Builds the program that has istiod's code in it and installs Envoy, unless it is said where they are. */
export default function setUp() {
  try {
    process.env.ENVOY_PROGRAM ??= envoyProgram();
    process.env.CONFORMANCE_ENGINE ??= conformanceEngine();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtModule } from '../../scripts/engines/go-module.mjs';

const GATEWAY_API_CRDS = join('config', 'crd', 'standard');

/** The folder with the program `conformance`, and beside it `crds/` with the Gateway API as its release has it. */
export const conformanceEngine = () =>
  builtModule({
    name: 'conformance',
    folder: dirname(fileURLToPath(import.meta.url)),
    packages: { conformance: '.' },
    minutes: 8,
    extras: (folder, goDirOf) => copyCrds(join(goDirOf('sigs.k8s.io/gateway-api'), GATEWAY_API_CRDS), join(folder, 'crds')),
  });

function copyCrds(from, to) {
  mkdirSync(to);
  for (const file of readdirSync(from).filter((name) => name.endsWith('.yaml'))) copyFileSync(join(from, file), join(to, file));
}

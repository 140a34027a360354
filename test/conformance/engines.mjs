import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtModule } from '../../scripts/engines/go-module.mjs';

const CHANNELS = join('config', 'crd');
const STANDARD = 'standard';
const HTTP_ROUTES = 'gateway.networking.k8s.io_httproutes.yaml';

/**
 * The folder with the program `conformance`, and beside it `crds/` with the Gateway API as its release has it, and `crds-1.7/`. What 1.7 has in its
 * standard channel, the experimental one of this release has already: HTTPRoute is taken from there.
 */
export const conformanceEngine = () =>
  builtModule({
    name: 'conformance',
    folder: dirname(fileURLToPath(import.meta.url)),
    packages: { conformance: '.' },
    minutes: 8,
    extras: (folder, goDirOf) => {
      const channels = join(goDirOf('sigs.k8s.io/gateway-api'), CHANNELS);
      for (const crds of ['crds', 'crds-1.7']) copyCrds(join(channels, STANDARD), join(folder, crds));
      rmSync(join(folder, 'crds-1.7', HTTP_ROUTES));
      copyFileSync(join(channels, 'experimental', HTTP_ROUTES), join(folder, 'crds-1.7', HTTP_ROUTES));
    },
  });

function copyCrds(from, to) {
  mkdirSync(to);
  for (const file of readdirSync(from).filter((name) => name.endsWith('.yaml'))) copyFileSync(join(from, file), join(to, file));
}

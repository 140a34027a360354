import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtModule } from '../../scripts/engines/go-module.mjs';

/** The folder with `installation`, which renders Istio's own charts with Istio's own code. */
export const installationEngine = () =>
  builtModule({
    name: 'installation',
    folder: join(dirname(fileURLToPath(import.meta.url)), 'engines'),
    packages: { installation: '.' },
    minutes: 3,
  });

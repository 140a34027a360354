import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtModule } from '../../scripts/engines/go-module.mjs';

/** The folder with `promtool`, Prometheus' own judge of rules. */
export const prometheusEngine = () =>
  builtModule({
    name: 'prometheus',
    folder: join(dirname(fileURLToPath(import.meta.url)), 'engines'),
    packages: { promtool: 'github.com/prometheus/prometheus/cmd/promtool' },
    minutes: 3,
  });

// `npm run test:pulumi`: programs through the real Pulumi engine, its Kubernetes provider and a real API server.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startApiServer, stopApiServer } from '../../api-server/api-server.mjs';
import { crdFiles } from '../../api-server/crds.mjs';
import { clusterEngines } from '../../api-server/engines.mjs';
import { walkChanges } from './changes.mjs';
import { walkMany } from './many.mjs';
import { walkShop } from './shop.mjs';
import { missing } from './stack.mjs';

const WALKS = { shop: walkShop, changes: walkChanges, many: walkMany };
const ALWAYS = ['shop', 'changes'];

async function run(names) {
  const programs = clusterEngines();
  const { folder, kubeconfig } = await startApiServer(programs);
  const kubectl = (...args) => execFileSync(join(programs, 'kubectl'), ['--kubeconfig', kubeconfig, ...args], { encoding: 'utf8' });
  try {
    kubectl('apply', '--server-side', ...crdFiles().map((file) => `--filename=${file}`));
    for (const name of names) {
      for (const plane of ['sidecar', 'ambient']) {
        const step = (what, act) => {
          act();
          console.log(`${plane}: ${what}`);
        };
        WALKS[name]({ folder: join(folder, `${name}-${plane}`), kubeconfig, plane, step, kubectl });
      }
    }
  } finally {
    await stopApiServer();
  }
}

const absent = missing(['pulumi', 'pulumi-resource-kubernetes']);
if (absent.length > 0) {
  console.log(
    `skipped: ${absent.join(' and ')} ${absent.length > 1 ? 'are' : 'is'} not on the PATH; install the Pulumi CLI to try stacks on a real engine`,
  );
} else {
  const asked = process.argv.slice(2);
  await run(asked.length > 0 ? asked : ALWAYS);
}

// `npm run synth -- install` runs this: one App a data plane, and beside the manifests what installs Istio for each.
import { mkdirSync, writeFileSync } from 'node:fs';
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { Platform } from './install';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  const { istio } = new Platform(app, `install-${plane}`, { dataPlane });
  app.synth();

  // No manifests: `kubectl apply` of their folder must not meet them.
  const folder = `installation/${plane}`;
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of istio.files) writeFileSync(`${folder}/${name}`, text);
  writeFileSync(`${folder}/helm.sh`, ['set -e', ...istio.helmCommands, ''].join('\n'));
  writeFileSync(`${folder}/istioctl.sh`, ['set -e', ...istio.istioctlCommands, ''].join('\n'));
}

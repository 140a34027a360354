// `npm run synth -- canary` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { CanaryShop } from './canary';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new CanaryShop(app, `canary-${plane}`, { dataPlane });
  app.synth();
}

// `npm run synth -- blue-green` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { BlueGreenShop } from './blue-green';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new BlueGreenShop(app, `blue-green-${plane}`, { dataPlane });
  app.synth();
}

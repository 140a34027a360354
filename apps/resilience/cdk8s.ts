// `npm run synth -- resilience` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { ResilientShop } from './resilience';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new ResilientShop(app, `resilience-${plane}`, { dataPlane });
  app.synth();
}

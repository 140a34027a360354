// `npm run synth -- boutique` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { Boutique } from './boutique';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new Boutique(app, `boutique-${plane}`, { dataPlane });
  app.synth();
}

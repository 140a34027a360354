// `npm run synth -- progressive-delivery` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { ProgressiveDelivery } from './progressive-delivery';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new ProgressiveDelivery(app, `progressive-delivery-${plane}`, { dataPlane });
  app.synth();
}

// `npm run synth -- workloads` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { Billing } from './workloads';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new Billing(app, `workloads-${plane}`, { dataPlane });
  app.synth();
}

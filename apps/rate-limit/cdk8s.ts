// `npm run synth -- rate-limit` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { RateLimited } from './rate-limit';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new RateLimited(app, `rate-limit-${plane}`, { dataPlane });
  app.synth();
}

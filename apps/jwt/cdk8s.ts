// `npm run synth -- jwt` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { JwtShop } from './jwt';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new JwtShop(app, `jwt-${plane}`, { dataPlane });
  app.synth();
}

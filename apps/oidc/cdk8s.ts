// `npm run synth -- oidc` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OidcShop } from './oidc';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new OidcShop(app, `oidc-${plane}`, { dataPlane });
  app.synth();
}

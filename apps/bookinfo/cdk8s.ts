// `npm run synth -- bookinfo` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { Bookinfo } from './bookinfo';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new Bookinfo(app, `bookinfo-${plane}`, { dataPlane });
  app.synth();
}

// `npm run synth -- ingress` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { IngressShop } from './ingress';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new IngressShop(app, `ingress-${plane}`, { dataPlane });
  app.synth();
}

// `npm run synth -- zero-trust` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { Clinic, PLANES } from './zero-trust';

for (const [plane, props] of Object.entries(PLANES)) {
  const app = new App();
  new Clinic(app, `zero-trust-${plane}`, props);
  app.synth();
}

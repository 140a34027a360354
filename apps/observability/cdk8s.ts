// `npm run synth -- observability` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { BoxOffice, PLANES } from './observability';

for (const [plane, props] of Object.entries(PLANES)) {
  const app = new App();
  new BoxOffice(app, `observability-${plane}`, props);
  app.synth();
}

// `npm run synth -- bank` runs this: one App a data plane, for both make the same namespaces.
import { App } from 'cdk8s';
import { Bank } from './bank';

for (const plane of ['sidecar', 'ambient'] as const) {
  const app = new App();
  new Bank(app, `bank-${plane}`, { plane });
  app.synth();
}

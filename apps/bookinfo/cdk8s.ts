// `npm run synth -- bookinfo` runs this: one App a data plane, for both make the same namespaces. `STAGE=half-v3 npm run synth -- bookinfo` takes
// another stage of Istio's tasks.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { Bookinfo } from './bookinfo';
import { stageNamed } from './stages';

const stage = stageNamed(process.env.STAGE ?? 'all-v1');

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  const app = new App();
  new Bookinfo(app, `bookinfo-${plane}`, { dataPlane, stage });
  app.synth();
}

// `STAGE=prepare npm run synth -- ambient-migration` runs this: one App, which is one cluster on its way. Without STAGE it is as it runs today, with sidecars.
import { App } from 'cdk8s';
import { MovingShop } from './ambient-migration';
import { stageNamed, STAGES } from './stages';

const app = new App();
new MovingShop(app, 'ambient-migration', { dataPlane: STAGES[stageNamed(process.env.STAGE ?? 'sidecar')] });
app.synth();

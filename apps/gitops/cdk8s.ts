// `npm run synth -- gitops` runs this: what each of two clusters is brought, in both data planes, and what tells Argo CD so.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { ByArgoCd, CLUSTERS, Delivered, Folders } from './gitops';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  for (const cluster of CLUSTERS) {
    const app = new App();
    const id = `gitops-${plane}-${cluster.clusterName}`;
    new ByArgoCd(app, `${id}-argo-cd`, new Delivered(app, id, { dataPlane, cluster }), cluster);
    app.synth();
  }
}
const app = new App();
new Folders(app, 'gitops-argo-cd');
app.synth();

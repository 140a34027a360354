// `npm run synth -- gitops` runs this: the folders of two clusters, in both data planes.
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { CLUSTERS, Delivered } from './gitops';

for (const [plane, dataPlane] of Object.entries({ sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() })) {
  for (const cluster of CLUSTERS) {
    const app = new App();
    new Delivered(app, `gitops-${plane}-${cluster.clusterName}`, { engine: 'argo-cd', dataPlane, cluster });
    app.synth();
  }
}

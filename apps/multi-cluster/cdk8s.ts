// `npm run synth -- multi-cluster` runs this: one App a cluster, in both data planes.
import { App } from 'cdk8s';
import { CLUSTERS, PLANES, Region, type RegionProps } from './multi-cluster';

for (const plane of Object.keys(PLANES) as RegionProps['plane'][]) {
  for (const cluster of Object.keys(CLUSTERS) as RegionProps['cluster'][]) {
    const app = new App();
    new Region(app, `multi-cluster-${plane}-${cluster}`, { cluster, plane });
    app.synth();
  }
}

import { join } from 'node:path';
import { App, type Chart, Yaml } from 'cdk8s';
import { ByArgoCd, ByFlux, CLUSTERS, Delivered, Folders } from '../../apps/gitops/gitops';
import type { Manifest } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { schemaErrors } from '../schemas/schema-errors';
import { golden } from './golden-file';

/** What the engine is told, as it was reviewed and as its definitions have it. */
function reviewed(name: string, chart: Chart): Manifest[] {
  const objects = chart.toJson() as Manifest[];
  const text = Yaml.stringify(...objects);
  expect(text).toBe(golden(join(__dirname, 'gitops', `${name}.txt`), text));
  expect(objects.flatMap(schemaErrors)).toEqual([]);
  return objects;
}

describe('the app gitops', () => {
  const [cluster] = CLUSTERS;

  forEachPlane(({ name, dataPlane }) => {
    it('has Argo CD and Flux bring the same charts, in the same order', () => {
      const delivered = () => new Delivered(new App(), 'gitops', { dataPlane, cluster });
      const [forArgo, forFlux] = [delivered(), delivered()];
      const byArgo = reviewed(`${name}-argo-cd`, new ByArgoCd(forArgo.node.root, 'argo-cd', forArgo, cluster));
      const byFlux = reviewed(`${name}-flux`, new ByFlux(forFlux.node.root, 'flux', forFlux, cluster));
      const releases = byFlux.filter(({ kind }) => kind === 'HelmRelease').map(({ metadata }) => metadata.name);
      expect(byArgo.map(({ metadata }) => metadata.name)).toEqual(releases.map((release) => `${cluster.clusterName}-${release}`));
    });
  });

  it('has one Argo CD bring each cluster its folder', () => {
    expect(reviewed('folders', new Folders(new App(), 'folders')).map(({ kind }) => kind)).toEqual(['ApplicationSet']);
  });
});

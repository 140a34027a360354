import { join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { CLUSTERS, Delivered } from '../../apps/gitops/gitops';
import type { Manifest } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { schemaErrors } from '../schemas/schema-errors';
import { golden } from './golden-file';

const goldenOf = (name: string, text: string): string => golden(join(__dirname, 'gitops', name), text);

describe('the app gitops', () => {
  forEachPlane(({ name, dataPlane }) => {
    it('has Flux bring what Argo CD brings, as it was reviewed', () => {
      const [byFlux, byArgo] = (['flux', 'argo-cd'] as const).map(
        (engine) => new Delivered(new App(), 'gitops', { engine, dataPlane, cluster: CLUSTERS[0] }).toJson() as Manifest[],
      );
      const delivered = (kinds: readonly string[], all: readonly Manifest[]): Manifest[] => all.filter(({ kind }) => kinds.includes(kind));
      const flux = delivered(['HelmRelease', 'HelmRepository'], byFlux);
      const text = Yaml.stringify(...flux);
      expect(text).toBe(goldenOf(`${name}-flux.txt`, text));
      expect(flux.flatMap(schemaErrors)).toEqual([]);
      const charts = delivered(['Application'], byArgo).map(({ metadata }) => metadata.name);
      expect(flux.filter(({ kind }) => kind === 'HelmRelease').map(({ metadata }) => metadata.name)).toEqual(charts);
    });
  });
});

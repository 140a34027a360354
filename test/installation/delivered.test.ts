import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Chart } from 'cdk8s';
import { InstalledGateway, IstioInstallation, ArgoCdInstallation, FluxInstallation, Mesh, MeshCluster } from 'istio-constructs';
import { ByArgoCd, ByFlux, CLUSTERS, Delivered, Folders } from '../../apps/gitops/gitops';
import { type Manifest, newChart } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { customResourceProblems, validatorsIn } from '../schemas/crd-schemas';
import { folderOf } from './modules';

/** Where Argo CD and Flux keep the definitions of their kinds. */
const DEFINITIONS = [
  ['github.com/argoproj/argo-cd/v3@v3.4.0', 'manifests/crds'],
  ['github.com/fluxcd/helm-controller@v1.4.0', 'config/crd/bases'],
  ['github.com/fluxcd/kustomize-controller@v1.7.3', 'config/crd/bases'],
  ['github.com/fluxcd/source-controller@v1.7.0', 'config/crd/bases'],
] as const;

function filesIn([module, folder]: readonly [string, string]): string[] {
  const path = join(folderOf(module), folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
  return names.map((name) => join(path, name));
}

describe('what Argo CD and Flux are told', () => {
  const validators = validatorsIn(DEFINITIONS.flatMap(filesIn));
  const OWN_KINDS = ['Application', 'ApplicationSet', 'HelmRelease', 'HelmRepository', 'GitRepository', 'Kustomization'];

  /** Problems of its objects under the definitions of Argo CD and Flux, and how many there are. */
  function judgedBy(chart: Chart): { readonly problems: readonly unknown[]; readonly kinds: ReadonlySet<string> } {
    const told = (chart.toJson() as Manifest[]).filter(({ kind }) => OWN_KINDS.includes(kind));
    const problems = told.flatMap((object): unknown[] => customResourceProblems(object, validators) ?? [`no definition of ${object.kind}`]);
    return { problems, kinds: new Set(told.map(({ kind }) => kind)) };
  }

  forEachPlane(({ dataPlane }) => {
    it('is what their definitions take, in the app gitops', () => {
      const delivered = () => new Delivered(new App(), 'gitops', { dataPlane, cluster: CLUSTERS[0] });
      const [forArgo, forFlux] = [delivered(), delivered()];
      expect(judgedBy(new ByArgoCd(forArgo.node.root, 'told', forArgo, CLUSTERS[0]))).toEqual({
        problems: [],
        kinds: new Set(['Application']),
      });
      expect(judgedBy(new ByFlux(forFlux.node.root, 'told', forFlux, CLUSTERS[0]))).toEqual({
        problems: [],
        kinds: new Set(['HelmRelease', 'HelmRepository', 'GitRepository', 'Kustomization']),
      });
      expect(judgedBy(new Folders(new App(), 'told'))).toEqual({ problems: [], kinds: new Set(['ApplicationSet']) });
    });
  });

  it.each(['argo-cd', 'flux'])(
    'is what their definitions take, with every word of an installation among several clusters: %s',
    (engine) => {
      const chart = newChart();
      new Mesh(chart, 'mesh', {
        meshId: 'acme',
        cluster: MeshCluster.of('east', { network: 'near' }),
        otherClusters: [MeshCluster.of('west', { network: 'far' })],
      });
      const gateways = [InstalledGateway.eastWest(), InstalledGateway.ingress('front', { namespaceName: 'edge' })];
      const installation = new IstioInstallation(chart, 'istio', { gateways, chartRepository: 'oci://registry.example.com/charts' });
      const labels = { team: 'platform' };
      if (engine === 'flux') new FluxInstallation(chart, engine, { installation, labels });
      else new ArgoCdInstallation(chart, engine, { installation, labels });
      const { problems, kinds } = judgedBy(chart);
      expect(problems).toEqual([]);
      expect(kinds.size).toBeGreaterThan(0);
    },
  );

  it('is told from what they do not take', () => {
    const [set] = new Folders(new App(), 'told').toJson() as Manifest[];
    const wrong = [
      { ...set.spec, generators: 'all' },
      { ...set.spec, goTemplates: true },
    ];
    for (const spec of wrong) expect(customResourceProblems(Object.assign({}, set, { spec }), validators)).not.toEqual([]);
  });
});

import { Duration } from 'cdk8s';
import { DataPlane, FluxInstallation, IstioInstallation, Mesh, MeshCluster, MeshNamespace } from 'istio-constructs';
import { findingCodes, manifests, newChart } from '../../../builders';
import { schemaErrors } from '../../../schemas/schema-errors';

interface Release {
  readonly releaseName: string;
  readonly interval: string;
  readonly dependsOn?: object;
  readonly values: object;
}

describe('FluxInstallation', () => {
  it('is a HelmRelease for each chart, each after the one before it, and the repository of the charts', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', { revisions: [{ name: '1-31-1' }] });
    new FluxInstallation(chart, 'flux', {
      installation,
      namespaceName: 'gitops',
      interval: Duration.minutes(30),
      labels: { team: 'platform' },
    });
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ revision: '1-31-1' }) });

    const objects = manifests(chart).filter(({ apiVersion }) => apiVersion.includes('fluxcd'));
    expect(objects.map(({ metadata }) => metadata)).toEqual(
      ['istio', 'istio-base', 'istiod-1-31-1', 'istio-cni', 'ztunnel'].map((name) =>
        expect.objectContaining({ name, namespace: 'gitops', labels: expect.objectContaining({ team: 'platform' }) }),
      ),
    );
    const [repository, ...releases] = objects.map(({ spec }) => spec);
    expect(repository).toEqual({ url: 'https://blob.istio.io/istio-release/charts', interval: '1800s' });
    const specs = releases as unknown as Release[];
    expect(specs.map(({ dependsOn }) => dependsOn)).toEqual([
      undefined,
      ...['istio-base', 'istiod-1-31-1', 'istio-cni'].map((name) => [{ name }]),
    ]);
    expect(specs.map(({ values }) => values)).toEqual(installation.helmReleases.map(({ values }) => values));
    expect(specs[1]).toMatchObject({
      releaseName: 'istiod-1-31-1',
      targetNamespace: 'istio-system',
      chart: { spec: { chart: 'istiod', version: '1.31.1', sourceRef: { kind: 'HelmRepository', name: 'istio' } } },
    });
    expect(manifests(chart).flatMap(schemaErrors)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
  });

  it('has tags of revisions as objects of no release, with the namespace that they need', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', { revisions: [{ name: 'blue', tags: ['prod'] }] });
    new FluxInstallation(chart, 'flux', { installation });
    const objects = manifests(chart);
    expect(objects).toEqual(expect.arrayContaining(installation.revisionTags.map((tag) => expect.objectContaining(tag))));
    expect(objects.find(({ kind }) => kind === 'Namespace')).toMatchObject({
      metadata: { name: 'istio-system', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
    });
    expect(JSON.stringify(objects.filter(({ kind }) => kind === 'HelmRelease'))).not.toContain('prod');
    expect(objects.flatMap(schemaErrors)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
  });

  it('says of a registry that it is one, and looks once an hour', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', { chartRepository: 'oci://registry.example.com/istio' });
    new FluxInstallation(chart, 'flux', { installation });
    expect(manifests(chart)[0]).toMatchObject({
      metadata: { namespace: 'flux-system' },
      spec: { type: 'oci', url: 'oci://registry.example.com/istio', interval: '3600s' },
    });
  });

  it('has the namespace of istiod with the network of the cluster before its charts, which Flux never takes away', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', { discoverySelectors: [{ mesh: 'yes' }] });
    new FluxInstallation(chart, 'flux', { installation });
    const namespaces = () => manifests(chart).filter(({ kind }) => kind === 'Namespace');
    expect(namespaces()).toEqual([]);
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }) });
    expect(namespaces()).toMatchObject([
      {
        metadata: {
          name: 'istio-system',
          labels: { mesh: 'yes', 'topology.istio.io/network': 'near' },
          annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
        },
      },
    ]);
    expect(manifests(chart).flatMap(schemaErrors)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
  });
});

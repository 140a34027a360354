import { ArgoCdFleet, ArgoCdInstallation, IstioInstallation, MeshCluster } from 'istio-constructs';
import { findingCodes, manifest, manifests, newChart } from '../../../builders';
import { schemaErrors } from '../../../schemas/schema-errors';
import { expectRefusal } from '../../../support/refusal';

const [EAST, WEST] = ['east', 'west'].map((name) => MeshCluster.of(name));
const repository = 'https://git.example.com/acme/mesh.git';

describe('ArgoCdFleet', () => {
  it('is an Application for each cluster, which brings the folder that has its name', () => {
    const chart = newChart();
    const fleet = new ArgoCdFleet(chart, 'fleet', { clusters: [EAST, WEST], repository, revision: 'v2', labels: { team: 'platform' } });
    const { metadata, spec } = manifest(chart, 'ApplicationSet', 'mesh');
    expect(metadata).toEqual({ name: 'mesh', namespace: 'argocd', labels: { team: 'platform' } });
    expect(spec).toMatchObject({
      generators: [{ list: { elements: [{ cluster: 'east' }, { cluster: 'west' }] } }],
      template: {
        metadata: { name: 'mesh-{{.cluster}}', labels: { team: 'platform' } },
        spec: {
          project: 'default',
          source: { repoURL: repository, targetRevision: 'v2', path: 'k8s/{{.cluster}}' },
          destination: { name: '{{.cluster}}' },
        },
      },
    });
    expect(manifests(chart).flatMap(schemaErrors)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
    expect(fleet.objects).toHaveLength(1);
  });

  it.each([
    ['none', [], 'no clusters'],
    ['one twice', [EAST, WEST, MeshCluster.of('east')], 'east twice'],
  ])('fails for %s of the clusters', (_, clusters, got) => {
    const act = () => new ArgoCdFleet(newChart(), 'fleet', { clusters, repository });
    expectRefusal(act, { code: 'MESH962', path: 'test/fleet', fix: 'name each cluster once', got });
  });
});

describe('ArgoCdInstallation in one of several clusters', () => {
  it('has Applications with the name of the cluster, which Argo CD knows by it', () => {
    const chart = newChart();
    new ArgoCdInstallation(chart, 'argo-cd', { installation: new IstioInstallation(chart, 'istio'), clusterName: 'east' });
    const applications = manifests(chart).filter(({ kind }) => kind === 'Application');
    expect(applications.map(({ metadata }) => metadata.name)).toEqual(['east-istio-base', 'east-istiod']);
    for (const { spec } of applications) expect(spec).toMatchObject({ destination: { name: 'east', namespace: 'istio-system' } });
    expect(applications.map(({ spec }) => (spec as { source: { helm: { releaseName: string } } }).source.helm.releaseName)).toEqual([
      'istio-base',
      'istiod',
    ]);
    expect(applications.flatMap(schemaErrors)).toEqual([]);
  });

  it('fails where it is said by its address as well', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio');
    const act = () => new ArgoCdInstallation(chart, 'argo-cd', { installation, clusterName: 'east', server: 'https://10.0.0.1' });
    expectRefusal(act, { code: 'MESH963', path: 'test/argo-cd', fix: 'leave one', got: 'clusterName east and server https://10.0.0.1' });
  });
});

import { Duration } from 'cdk8s';
import { FluxFolder, MeshCluster } from 'istio-constructs';
import { findingCodes, manifest, manifests, newChart } from '../../../builders';
import { schemaErrors } from '../../../schemas/schema-errors';
import { expectRefusal } from '../../../support/refusal';

const repository = 'https://git.example.com/acme/mesh.git';
const cluster = MeshCluster.of('east');

describe('FluxFolder', () => {
  it('brings the folder that has the name of the cluster, and tries again until it is taken', () => {
    const chart = newChart();
    const folder = new FluxFolder(chart, 'folder', { cluster, repository });
    const metadata = { name: 'mesh', namespace: 'flux-system' };
    expect(manifest(chart, 'GitRepository', 'mesh')).toMatchObject({
      metadata,
      spec: { url: repository, ref: { branch: 'main' }, interval: '600s' },
    });
    expect(manifest(chart, 'Kustomization', 'mesh')).toMatchObject({
      metadata,
      spec: { path: './k8s/east', prune: true, retryInterval: '1m', sourceRef: { kind: 'GitRepository', name: 'mesh' } },
    });
    expect(manifests(chart).flatMap(schemaErrors)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
    expect(folder.objects).toHaveLength(2);
  });

  it('says what is said', () => {
    const chart = newChart();
    new FluxFolder(chart, 'folder', {
      cluster,
      repository: 'ssh://git@git.example.com/acme/mesh.git',
      folder: 'clusters',
      branch: 'release',
      secretName: 'deploy-key',
      name: 'acme',
      namespaceName: 'gitops',
      interval: Duration.minutes(30),
      labels: { team: 'platform' },
    });
    const metadata = { name: 'acme', namespace: 'gitops', labels: { team: 'platform' } };
    expect(manifests(chart)).toMatchObject([
      { metadata, spec: { ref: { branch: 'release' }, secretRef: { name: 'deploy-key' }, interval: '1800s' } },
      { metadata, spec: { path: './clusters/east', interval: '1800s', sourceRef: { name: 'acme' } } },
    ]);
    expect(manifests(chart).flatMap(schemaErrors)).toEqual([]);
  });

  it.each(['git@git.example.com:acme/mesh.git', 'git.example.com/acme/mesh', ''])(
    'fails for the repository %p, which Flux does not take',
    (wrong) => {
      const act = () => new FluxFolder(newChart(), 'folder', { cluster, repository: wrong });
      expectRefusal(act, { code: 'MESH964', path: 'test/folder', fix: "'https://git.example.com", got: wrong || 'nothing' });
    },
  );
});

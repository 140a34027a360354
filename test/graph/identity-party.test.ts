import { DataPlane, Mesh, MeshCluster, ServiceIdentity, type ServiceIdentityOptions, ZeroTrustNamespace } from 'istio-constructs';
import { identityParty } from '../../lib/graph/identity-party';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import { newChart, service } from '../builders';
import { expectRefusal } from '../support/refusal';

function callers(...all: Array<ServiceIdentityOptions | undefined>) {
  const chart = newChart();
  const graph = MeshGraph.of(chart);
  return all.map((options) => identityParty(chart, ServiceIdentity.of('legacy', 'web', options), graph));
}

describe('a caller that is known by its account', () => {
  it('has the identity that the mesh gives to that account', () => {
    const chart = newChart();
    const graph = MeshGraph.of(chart);
    graph.trySettings({ ...graph.settings, trustDomain: 'acme.org' });
    expect(identityParty(chart, ServiceIdentity.of('legacy', 'web'), graph)).toMatchObject({
      kind: 'identity',
      name: 'legacy/web',
      principal: 'acme.org/ns/legacy/sa/web',
      serviceAccountName: 'web',
      owned: false,
    });
  });

  it('is one, however often it is named, and another where it is said to be other pods', () => {
    const [one, again, pods, ambient] = callers({}, undefined, { podLabels: { app: 'web' } }, { dataPlane: DataPlane.ambient() });
    expect(again).toBe(one);
    expect(new Set([one, pods, ambient].map(({ key }) => key)).size).toBe(3);
  });

  it('is of the plane that is said of it, else of any', () => {
    expect(callers({}, { dataPlane: DataPlane.ambient() })).toMatchObject([
      { namespace: { mode: 'unknown' } },
      { namespace: { mode: 'ambient' } },
    ]);
  });

  it('lives in a namespace of which nothing is known, until the program declares it', () => {
    expect(callers({})).toMatchObject([{ isGuess: true, namespace: { name: 'legacy', owned: false, zeroTrust: false } }]);
  });

  it('is another in another cluster, where what is said of its pods counts', () => {
    const chart = newChart();
    const [east, west] = [MeshCluster.of('east'), MeshCluster.of('west')];
    new Mesh(chart, 'mesh', { cluster: east, otherClusters: [west] });
    const party = (options: ServiceIdentityOptions) =>
      identityParty(chart, ServiceIdentity.of('legacy', 'web', options), MeshGraph.of(chart));
    expect(party({ cluster: east })).toBe(party({}));
    expect(party({ cluster: west })).toMatchObject({ cluster: 'west', isGuess: true });
    expect(party({ cluster: west, dataPlane: DataPlane.ambient() })).toMatchObject({ cluster: 'west', isGuess: false });
  });

  it('is refused in a cluster that the mesh does not name', () => {
    const chart = newChart();
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east') });
    const product = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() }), 'product');
    const act = () => product.access.allow(ServiceIdentity.of('legacy', 'web', { cluster: MeshCluster.of('north') }));
    expectRefusal(act, { code: 'MESH934', path: 'test/shop/product', fix: 'otherClusters', got: 'cluster north, beside east' });
  });
});

import { Mesh, MeshCluster, MeshedService, MeshNamespace, MeshReport } from 'istio-constructs';
import { unnamedCluster } from '../../../lib/rules/elsewhere/unnamed-cluster';
import { newChart, service } from '../../builders';
import { SIDECAR, writtenBy } from '../../written';

/** What is found where a service of cluster west is known in a mesh of these clusters. */
function found(cluster: string | undefined, ...otherClusters: string[]): string[] {
  const theirs = newChart('theirs');
  new Mesh(theirs, 'mesh', { cluster: MeshCluster.of('west') });
  const cart = service(new MeshNamespace(theirs, 'shop', SIDECAR), 'cart');
  const chart = newChart();
  if (cluster !== undefined)
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of(cluster), otherClusters: otherClusters.map((name) => MeshCluster.of(name)) });
  MeshedService.fromMesh(chart, 'cart', { mesh: writtenBy({ billing: cart }) });
  return MeshReport.of(chart)
    .findings.filter(({ code }) => code === unnamedCluster.code)
    .map(({ level, text }) => `${level} ${text}`);
}

describe(unnamedCluster.title, () => {
  it('fails for a cluster that the mesh does not have', () => {
    const [text, ...more] = found('east', 'north');
    expect(more).toEqual([]);
    expect(text).toContain(
      'error MESH623 at test/cart: shop/cart is in cluster west, as mesh.json says, and the Mesh here does not have it',
    );
    expect(text).toContain('got: cluster east, others: north');
    expect(text).toContain("MeshCluster.of('west', …)");
  });

  it('takes one that it has, the same one, and one beside a mesh that names none', () => {
    expect(found('east', 'north', 'west')).toEqual([]);
    expect(found('west')).toEqual([]);
    expect(found(undefined)).toEqual([]);
  });
});

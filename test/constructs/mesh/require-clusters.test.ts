import { Mesh, MeshCluster, type MeshProps } from 'istio-constructs';
import { newChart } from '../../builders';
import { expectRefusal } from '../../support/refusal';

const [EAST, WEST] = ['east', 'west'].map((name) => MeshCluster.of(name));
const FAR = MeshCluster.of('far', { network: 'network-far' });

describe('the clusters of a Mesh', () => {
  it.each<[string, MeshProps, string, string]>([
    ['there are others, and none is this one', { otherClusters: [EAST, WEST] }, 'MESH926', 'otherClusters east, west without cluster'],
    ['this one is among the others', { cluster: EAST, otherClusters: [WEST, MeshCluster.of('east')] }, 'MESH927', 'east twice'],
    ['one is named twice', { cluster: EAST, otherClusters: [WEST, WEST] }, 'MESH927', 'west twice'],
    ['one has a network and another has none', { cluster: EAST, otherClusters: [FAR, WEST] }, 'MESH928', 'east, west without network'],
  ])('are refused where %s', (_, props, code, got) => {
    expectRefusal(() => new Mesh(newChart(), 'mesh', props), { code, path: 'test/mesh', fix: '', got });
  });

  it('are refused for a name of the mesh that is none', () => {
    expectRefusal(() => new Mesh(newChart(), 'mesh', { meshId: 'a b' }), { code: 'MESH032', path: 'test/mesh', fix: 'id of the mesh' });
  });

  it('are said once: a second Mesh with others is refused, with the names of both', () => {
    const chart = newChart();
    const one = new Mesh(chart, 'one', { cluster: EAST, otherClusters: [WEST] });
    expect(one.cluster).toBe(EAST);
    const act = () => new Mesh(chart, 'two', { cluster: WEST, otherClusters: [EAST] });
    expectRefusal(act, {
      code: 'MESH062',
      path: 'test/two',
      fix: 'one Mesh',
      got: 'cluster.local, cluster.local, istio-system, west, east',
    });
  });
});

import { Chart } from 'cdk8s';
import { Mesh, MeshCluster } from 'istio-constructs';
import { WRITTEN_JSON } from '../../../lib/values/written/written-shape';
import { meshJsonOf, newBilling } from '../../written';

describe('the shape of a mesh.json', () => {
  it('names fields that synth writes', () => {
    const { billing } = newBilling();
    new Mesh(Chart.of(billing), 'mesh', { cluster: MeshCluster.of('east') });
    const { clusters } = JSON.parse(meshJsonOf(billing)) as { readonly clusters: readonly object[] };
    expect(Object.keys(clusters[0])).toEqual(expect.arrayContaining(Object.keys(WRITTEN_JSON.members!)));
  });
});

import { Mesh, MeshCluster, type MeshClusterOptions, NetworkLayer, ServiceIdentity, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

describe('a cluster of which nobody says where it is', () => {
  forEachPlane(({ dataPlane }) => {
    const codes = (west: MeshClusterOptions, networkPolicy?: NetworkLayer): string[] => {
      const chart = newChart();
      const cluster = MeshCluster.of('west', west);
      const network = west.network === undefined ? undefined : 'network-east';
      new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network }), otherClusters: [cluster] });
      const product = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane, networkPolicy }), 'product');
      product.access.allow(ServiceIdentity.of('shop', 'cart', { dataPlane, cluster }));
      return findingCodes(chart);
    };

    it('fails a call from it on the same network', () => expect(codes({})).toContain('MESH610'));
    it('passes where its pods have blocks', () => expect(codes({ podCidrs: ['10.8.0.0/14'] })).not.toContain('MESH610'));
    it('passes a call that comes in through the gateway of this network', () =>
      expect(codes({ network: 'network-west' })).not.toContain('MESH610'));
    it("passes where the network layer is somebody else's", () => expect(codes({}, NetworkLayer.NONE)).not.toContain('MESH610'));
  });
});

import { DataPlane, Mesh, MeshCluster, type MeshClusterOptions, ServiceIdentity, ZeroTrustNamespace } from 'istio-constructs';
import { type Chart } from 'cdk8s';
import { gatewayPods, grant, newChart, pods, principal, rule, service, spec, tcp } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';

const CIDRS = ['10.8.0.0/14', 'fd00:8::/32'];
const BLOCKS = CIDRS.map((cidr) => ({ ipBlock: { cidr } }));

function program(dataPlane: DataPlane, options: MeshClusterOptions): { chart: Chart; west: MeshCluster; closed: ZeroTrustNamespace } {
  const chart = newChart();
  const west = MeshCluster.of('west', options);
  const network = options.network === undefined ? undefined : 'network-east';
  new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network }), otherClusters: [west] });
  return { chart, west, closed: new ZeroTrustNamespace(chart, 'shop', { dataPlane }) };
}

describe('a caller in another cluster', () => {
  forEachEnforcer(({ dataPlane, of }) => {
    const called = (options: MeshClusterOptions): Chart => {
      const { chart, west, closed } = program(dataPlane, options);
      service(closed, 'product').access.allow(ServiceIdentity.of('shop', 'cart', { dataPlane, cluster: west }));
      return chart;
    };
    const fromWaypoint = { from: [gatewayPods('shop')], ports: tcp(15008) };

    it('is known by the identity that it has in every cluster', () => {
      for (const options of [{ podCidrs: CIDRS }, { network: 'network-west' }]) {
        expect(grant(called(options), 'product').rules).toEqual([rule(principal('shop', 'cart'), { ports: ['8080'] })]);
      }
    });

    it('of the same network comes from the addresses of its pods', () => {
      const direct = { from: BLOCKS, ports: tcp(of({ sidecar: 8080, ztunnel: 15008, waypoint: 15008 })) };
      const expected = of({ sidecar: [direct], ztunnel: [direct], waypoint: [direct, fromWaypoint] });
      expect(spec(called({ podCidrs: CIDRS }), 'NetworkPolicy', 'product').ingress).toEqual(expected);
    });

    it('of another network comes from the gateway of this one, and from nowhere else', () => {
      const sidecars = { from: [pods('istio-system', { istio: 'eastwestgateway' })], ports: tcp(8080) };
      const tunnels = { from: [gatewayPods('istio-system', 'istio-eastwestgateway')], ports: tcp(15008) };
      const expected = of({ sidecar: [sidecars], ztunnel: [tunnels], waypoint: [tunnels, fromWaypoint] });
      expect(spec(called({ network: 'network-west' }), 'NetworkPolicy', 'product').ingress).toEqual(expected);
    });

    it('comes to the waypoint, where there is one, from the same places', () => {
      if (of({ sidecar: true, ztunnel: true, waypoint: false })) return;
      const chart = called({ network: 'network-west' });
      expect(spec(chart, 'NetworkPolicy', 'waypoint').ingress).toContainEqual({
        from: [gatewayPods('istio-system', 'istio-eastwestgateway')],
        ports: tcp(15008),
      });
    });
  });

  it('is one of this cluster where it names this one', () => {
    const chart = newChart();
    const east = MeshCluster.of('east');
    new Mesh(chart, 'mesh', { cluster: east, otherClusters: [MeshCluster.of('west')] });
    const closed = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    service(closed, 'product').access.allow(ServiceIdentity.of('billing', 'invoices', { cluster: east }));
    expect(spec(chart, 'NetworkPolicy', 'product').ingress).toEqual([{ from: [pods('billing')], ports: tcp(8080, 15008) }]);
  });
});

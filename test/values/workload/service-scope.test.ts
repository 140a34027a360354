import { IstioInstallation, Mesh, MeshCluster, MeshReport, ServiceScope, ZeroTrustNamespace } from 'istio-constructs';
import { canary, gatewayPods, manifest, newChart, pods, service, shop, spec, tcp } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';

const WEST = '203.0.113.20';

describe('ServiceScope', () => {
  forEachPlane((plane) => {
    const labelled = (serviceScope?: ServiceScope) => {
      const { chart, shop: home } = shop(plane);
      const prices = service(home, 'prices', { serviceScope });
      canary(prices, { weight: 10 });
      return chart;
    };
    const label = (chart: ReturnType<typeof labelled>, name: string) =>
      manifest(chart, 'Service', name).metadata.labels?.['istio.io/global'];

    it('GLOBAL is a label of every Service over the pods, and of the waypoint before them', () => {
      const chart = labelled(ServiceScope.GLOBAL);
      expect(label(chart, 'prices')).toBe('true');
      if (plane.name === 'sidecar') return;
      expect(['prices-v1', 'prices-v2'].map((name) => label(chart, name))).toEqual(['true', 'true']);
      expect(spec(chart, 'Gateway', 'waypoint').infrastructure).toMatchObject({ labels: { 'istio.io/global': 'true' } });
      for (const other of [ServiceScope.LOCAL, undefined]) {
        expect(label(labelled(other), 'prices')).toBeUndefined();
        expect(JSON.stringify(spec(labelled(other), 'Gateway', 'waypoint'))).not.toContain('istio.io/global');
      }
    });

    it('LOCAL is a word of the mesh configuration, which the installation and the report have', () => {
      const { chart, shop: home } = shop(plane);
      service(home, 'prices', { serviceScope: ServiceScope.LOCAL });
      const { helmReleases } = new IstioInstallation(chart, 'istio');
      const serviceSettings = [{ settings: { clusterLocal: true }, hosts: ['prices.shop.svc.cluster.local'] }];
      expect(helmReleases.find(({ name }) => name === 'istiod')!.values).toMatchObject({ meshConfig: { serviceSettings } });
      expect(MeshReport.of(chart).requirements.meshConfig).toContain('serviceSettings: clusterLocal of prices.shop.svc.cluster.local');
    });
  });

  forEachEnforcer((plane) => {
    const between = (serviceScope: ServiceScope | undefined, gatewayAddresses: string[], network = 'far') => {
      const chart = newChart();
      const west = MeshCluster.of('west', { network, gatewayAddresses, podCidrs: ['10.8.0.0/14'] });
      new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }), otherClusters: [west] });
      const home = new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      const [prices, web] = [service(home, 'prices', { serviceScope }), service(home, 'web')];
      web.calls(prices);
      return chart;
    };

    it('GLOBAL opens the network layer to the other cluster at both ends, and nobody else says more', () => {
      const chart = between(ServiceScope.GLOBAL, [WEST]);
      const port = plane.of({ sidecar: 8080, ztunnel: 15008, waypoint: 15008 });
      const gateway = plane.of({
        sidecar: pods('istio-system', { istio: 'eastwestgateway' }),
        ztunnel: gatewayPods('istio-system', 'istio-eastwestgateway'),
        waypoint: gatewayPods('istio-system', 'istio-eastwestgateway'),
      });
      expect(spec(chart, 'NetworkPolicy', 'prices').ingress).toContainEqual({ from: [gateway], ports: tcp(port) });
      const out = { to: [{ ipBlock: { cidr: `${WEST}/32` } }], ports: tcp(plane.of({ sidecar: 15443, ztunnel: 15008, waypoint: 15008 })) };
      expect(spec(chart, 'NetworkPolicy', 'web').egress).toContainEqual(out);
      for (const other of [between(ServiceScope.LOCAL, [WEST]), between(undefined, [WEST])]) {
        expect(JSON.stringify(spec(other, 'NetworkPolicy', 'prices'))).not.toContain('eastwestgateway');
        expect(JSON.stringify(spec(other, 'NetworkPolicy', 'web'))).not.toContain(WEST);
      }
    });

    it('GLOBAL on one network opens it to the pods of the other cluster', () => {
      const chart = between(ServiceScope.GLOBAL, [], 'near');
      const block = { ipBlock: { cidr: '10.8.0.0/14' } };
      const ports = tcp(plane.of({ sidecar: 8080, ztunnel: 15008, waypoint: 15008 }));
      expect(spec(chart, 'NetworkPolicy', 'prices').ingress).toContainEqual({ from: [block], ports });
      expect(spec(chart, 'NetworkPolicy', 'web').egress).toContainEqual({ to: [block], ports });
    });

    it('GLOBAL without the addresses of the other cluster is told', () => {
      const { findings } = MeshReport.of(between(ServiceScope.GLOBAL, []));
      expect(findings.map(({ code }) => code)).toContain('MESH610');
    });
  });
});

import {
  ControlPlane,
  DataPlane,
  HttpAccess,
  IstioInstallation,
  Mesh,
  MeshCluster,
  MeshedService,
  MeshNamespace,
  MeshPort,
  TelemetryProvider,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { manifests, newChart, pods, service, tcp } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

type Declare = (chart: ReturnType<typeof newChart>) => void;

describe('what proxies send to a collector', () => {
  forEachPlane((plane) => {
    /** On which ports the network layer lets the proxies of a shop connect to the collector. */
    function portsTo(declare: Declare): unknown {
      const chart = newChart();
      const tempo = TelemetryProvider.openTelemetry('tempo', { host: 'tempo.observability.svc.cluster.local', port: 4317 });
      new Mesh(chart, 'mesh', { providers: [tempo], tracing: { provider: 'tempo', samplingPercentage: 10 } });
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: plane.dataPlane });
      service(shop, 'web').calls(service(shop, 'cart'), { http: [HttpAccess.get('/cart/*')] });
      declare(chart);
      const name = plane.of({ sidecar: 'infrastructure', ambient: 'waypoint' });
      const policy = manifests(chart).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name);
      const egress = policy!.spec!.egress as ReadonlyArray<{ to: unknown[]; ports: unknown }>;
      return egress.find(({ to }) => JSON.stringify(to) === JSON.stringify([pods('observability')]))?.ports;
    }

    it('goes to its port, where nobody has said that it is in ambient mode', () => {
      expect(portsTo(() => undefined)).toEqual(tcp(4317));
      expect(portsTo((chart) => new MeshNamespace(chart, 'observability', { dataPlane: DataPlane.sidecar() }))).toEqual(tcp(4317));
    });

    it('goes through a tunnel as well, where its namespace or somebody in it is, declared earlier or later', () => {
      expect(portsTo((chart) => new MeshNamespace(chart, 'observability', { dataPlane: DataPlane.ambient() }))).toEqual(tcp(4317, 15008));
      const attributes = { namespaceName: 'observability', ports: [MeshPort.http(3200)], dataPlane: DataPlane.ambient() };
      expect(portsTo((chart) => MeshedService.fromAttributes(chart, 'tempo', attributes))).toEqual(tcp(4317, 15008));
    });
  });
});

describe('what proxies ask istiod', () => {
  const egressOf = (controlPlane?: ControlPlane) => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    service(shop, 'web');
    const east = MeshCluster.of('east', { gatewayAddresses: ['203.0.113.10'] });
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('west'), otherClusters: [east] });
    new IstioInstallation(chart, 'istio', { controlPlane });
    const policy = manifests(chart).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'infrastructure');
    return policy!.spec!.egress;
  };

  it('goes to its pods, or to the gateway before it where it is that of another cluster', () => {
    const istiod = { to: [pods('istio-system', { app: 'istiod' })], ports: tcp(15012) };
    const gateway = { to: [{ ipBlock: { cidr: '203.0.113.10/32' } }], ports: tcp(15012) };
    const east = MeshCluster.of('east', { gatewayAddresses: ['east.example.com', '203.0.113.10'] });
    expect(egressOf()).toContainEqual(istiod);
    expect(egressOf(ControlPlane.remote(east))).toContainEqual(gateway);
    expect(egressOf(ControlPlane.remote(east))).not.toContainEqual(istiod);
  });
});

import {
  DataPlane,
  EastWestGateway,
  type EastWestGatewayProps,
  GatewayServiceType,
  Mesh,
  MeshCluster,
  type MeshProps,
  Migration,
} from 'istio-constructs';
import type { Chart } from 'cdk8s';
import { findingCodes, manifests, newChart } from '../../builders';

const EAST = MeshCluster.of('east', { network: 'network-east' });

function declared(props: EastWestGatewayProps, mesh: MeshProps = { cluster: EAST }): Chart {
  const chart = newChart();
  new Mesh(chart, 'mesh', mesh);
  new EastWestGateway(chart, 'east-west', props);
  return chart;
}

describe('a gateway between networks', () => {
  it('takes tunnels in ambient mode, for the network that its label says', () => {
    expect(manifests(declared({ dataPlane: DataPlane.ambient() }))).toMatchObject([
      {
        kind: 'Gateway',
        metadata: {
          name: 'istio-eastwestgateway',
          namespace: 'istio-system',
          labels: { 'topology.istio.io/network': 'network-east' },
        },
        spec: {
          gatewayClassName: 'istio-east-west',
          listeners: [
            {
              name: 'mesh',
              port: 15008,
              protocol: 'HBONE',
              tls: { mode: 'Terminate', options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } },
            },
          ],
        },
      },
    ]);
  });

  it('passes mutual TLS on in sidecar mode, for the hosts of this mesh, at pods of the installation', () => {
    const mesh = { cluster: EAST, clusterDomain: 'acme.internal', rootNamespace: 'istio-config' };
    expect(manifests(declared({ dataPlane: DataPlane.sidecar() }, mesh))).toMatchObject([
      {
        kind: 'Gateway',
        metadata: { name: 'cross-network-gateway', namespace: 'istio-config' },
        spec: {
          selector: { istio: 'eastwestgateway' },
          servers: [
            { port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.acme.internal'] },
          ],
        },
      },
    ]);
  });

  it('is run by a revision, and has the Service that is said', () => {
    const dataPlane = DataPlane.ambient({ revision: 'stable' });
    expect(manifests(declared({ dataPlane, serviceType: GatewayServiceType.NODE_PORT }))).toMatchObject([
      { metadata: { labels: { 'istio.io/rev': 'stable' }, annotations: { 'networking.istio.io/service-type': 'NodePort' } } },
    ]);
  });

  it.each([[DataPlane.sidecar()], [DataPlane.ambient()]])('is nothing that a rule objects to', (dataPlane) => {
    expect(findingCodes(declared({ dataPlane }))).toEqual([]);
  });

  it.each<[string, EastWestGatewayProps, MeshProps, string, string]>([
    ['a mesh without clusters', { dataPlane: DataPlane.ambient() }, {}, 'MESH935', 'a Mesh that says no cluster'],
    ['a cluster without a network', { dataPlane: DataPlane.ambient() }, { cluster: MeshCluster.of('east') }, 'MESH935', 'cluster east'],
    ['two planes', { dataPlane: DataPlane.ambient({ migration: Migration.wave(1) }) }, { cluster: EAST }, 'MESH936', 'on its way'],
    [
      'a Service that the installation makes',
      { dataPlane: DataPlane.sidecar(), serviceType: GatewayServiceType.NODE_PORT },
      { cluster: EAST },
      'MESH937',
      'NodePort',
    ],
  ])('is refused for %s', (_, props, mesh, code, got) => {
    const act = () => declared(props, mesh);
    const fix = { MESH935: 'network', MESH936: 'two', MESH937: 'release' }[code]!;
    expect(act).toThrow(new RegExp(`${code} at test/east-west: [\\s\\S]*${got}[\\s\\S]*${fix}`));
  });
});

import { DataPlane, Mesh, MeshCluster, MeshPort, VirtualMachines, type VirtualMachinesProps, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, newChart, service, spec, tcp } from '../../../builders';

const dataPlane = DataPlane.sidecar();
const GATEWAY = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } },
  podSelector: { matchLabels: { istio: 'eastwestgateway' } },
};
const MACHINES = [{ ipBlock: { cidr: '10.21.0.0/24' } }];

/** Who is let in at a service that machines call, in a cluster of a network or of none. */
function letInOf(props: Partial<VirtualMachinesProps>, network?: string) {
  const chart = newChart();
  new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network }) });
  const machines = new VirtualMachines(new ZeroTrustNamespace(chart, 'legacy', { dataPlane }), 'batch', {
    ports: [MeshPort.http(80)],
    cidrs: ['10.21.0.0/24'],
    ...props,
  });
  const product = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'product');
  machines.calls(product);
  const { ingress } = spec(chart, 'NetworkPolicy', 'product') as { readonly ingress: readonly object[] };
  return { chart, machines, ingress };
}

describe('machines of another network than the cluster', () => {
  it('come to pods through the east-west gateway, too', () => {
    const { chart, ingress } = letInOf({ network: 'vm-network' }, 'network-east');
    expect(ingress).toEqual(
      expect.arrayContaining([
        { from: MACHINES, ports: tcp(8080) },
        { from: [GATEWAY], ports: tcp(8080) },
      ]),
    );
    expect(ingress).toHaveLength(2);
    expect(findingCodes(chart)).toEqual([]);
  });

  it('do so where some of them are', () => {
    const machines = [{ address: '10.21.0.5' }, { address: '10.22.0.5', network: 'vm-network' }];
    const { ingress } = letInOf({ cidrs: undefined, machines }, 'network-east');
    expect(ingress).toEqual(expect.arrayContaining([{ from: [GATEWAY], ports: tcp(8080) }]));
  });

  it.each([
    ['the same network', 'network-east', 'network-east'],
    ['a network that nobody has said', undefined, 'network-east'],
    ['a cluster without one', 'vm-network', undefined],
  ])('come by themselves in %s', (_, network, ofCluster) => {
    expect(letInOf({ network }, ofCluster).ingress).toEqual([{ from: MACHINES, ports: tcp(8080) }]);
  });

  it('are configured for the cluster, by its name', () => {
    const { machines } = letInOf({});
    expect(machines.configureCommands).toEqual([
      'istioctl x workload entry configure --name batch --namespace legacy --clusterID east --autoregister --output batch',
    ]);
  });
});

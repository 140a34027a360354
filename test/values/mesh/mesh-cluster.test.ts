import { Mesh, MeshCluster, type MeshClusterOptions, MeshReport } from 'istio-constructs';
import { newChart } from '../../builders';

describe('MeshCluster', () => {
  it('has its name, and its network where it was said', () => {
    const east = MeshCluster.of('east', { network: 'network-east' });
    expect([east.clusterName, east.network, MeshCluster.of('west').network]).toEqual(['east', 'network-east', undefined]);
  });

  it('is told in mesh.json with all that is known of it', () => {
    const chart = newChart();
    const cluster = MeshCluster.of('east', { network: 'near', podCidrs: ['10.4.0.0/14'], gatewayAddresses: ['203.0.113.10', 'fd00::1'] });
    new Mesh(chart, 'mesh', {
      meshId: 'acme',
      cluster,
      otherClusters: [MeshCluster.of('west', { network: 'far', gatewayAddresses: ['a.example.com'] })],
    });
    expect(JSON.parse(MeshReport.of(chart).toJson())).toMatchObject({
      meshId: 'acme',
      cluster: { name: 'east', network: 'near', podCidrs: ['10.4.0.0/14'], gatewayAddresses: ['203.0.113.10', 'fd00::1'] },
      otherClusters: [{ name: 'west', network: 'far', podCidrs: [], gatewayAddresses: ['a.example.com'] }],
    });
  });

  it.each<[string, string, MeshClusterOptions, string]>([
    ['the name', 'East', {}, 'MESH001'],
    ['the network', 'east', { network: 'a b' }, 'MESH001'],
    ['a block of pods', 'east', { podCidrs: ['10.0.0.0'] }, 'MESH031'],
    ['an address of a gateway', 'east', { gatewayAddresses: ['https://a.example.com'] }, 'MESH032'],
  ])('fails where %s is none', (_, name, options, code) => {
    expect(() => MeshCluster.of(name, options)).toThrow(code);
  });
});

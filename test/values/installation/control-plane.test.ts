import { ControlPlane, MeshCluster } from 'istio-constructs';

describe('ControlPlane', () => {
  const east = (...gatewayAddresses: string[]) => MeshCluster.of('east', { gatewayAddresses });

  it('is of the cluster itself, and of others that have none', () => {
    expect(ControlPlane.primary()._facts).toEqual({ isRemote: false, remotes: [] });
    expect(ControlPlane.primary({ remoteClusters: [east()] })._facts).toEqual({ isRemote: false, remotes: ['east'] });
  });

  it('is of another cluster, at the address that is said, or at that of its gateway', () => {
    const remote = { isRemote: true, primary: 'east' };
    expect(ControlPlane.remote(east(), { discoveryAddress: '2001:db8::1' })._facts).toEqual({ ...remote, discoveryAddress: '2001:db8::1' });
    expect(ControlPlane.remote(east('east.example.com', '203.0.113.10'))._facts).toEqual({ ...remote, discoveryAddress: '203.0.113.10' });
  });

  it('fails where no IP address is known, for an alias has the wrong port for the webhook', () => {
    expect(() => ControlPlane.remote(east())).toThrow('MESH931');
    expect(() => ControlPlane.remote(east('east.example.com'))).toThrow('east.example.com');
    expect(() => ControlPlane.remote(east('203.0.113.10'), { discoveryAddress: 'east.example.com' })).toThrow('MESH931');
  });
});

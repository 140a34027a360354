import { GatewayServiceType, InstalledGateway } from 'istio-constructs';

describe('InstalledGateway', () => {
  it('lets traffic in as the chart has it, and out from within the cluster alone', () => {
    expect(InstalledGateway.ingress('front')._facts).toMatchObject({ name: 'front', way: 'ingress', serviceType: undefined });
    expect(InstalledGateway.egress('way-out')._facts).toMatchObject({ way: 'egress', serviceType: 'ClusterIP' });
    const options = { namespaceName: 'edge', serviceType: GatewayServiceType.NODE_PORT, pods: { replicas: 2 } };
    expect(InstalledGateway.egress('way-out', options)._facts).toMatchObject({
      namespaceName: 'edge',
      serviceType: 'NodePort',
      pods: { replicas: 2 },
    });
  });

  it('is between clusters under the name that Istio has for it', () => {
    expect(InstalledGateway.eastWest()._facts).toMatchObject({ name: 'istio-eastwestgateway', way: 'east-west' });
    expect(InstalledGateway.eastWest('between', { namespaceName: 'edge' })._facts).toMatchObject({
      name: 'between',
      namespaceName: 'edge',
    });
  });

  it('fails for a name that no release has, and for pods that are none', () => {
    expect(() => InstalledGateway.ingress('Front')).toThrow('MESH001');
    expect(() => InstalledGateway.ingress('front', { pods: { replicas: 0 } })).toThrow();
  });
});

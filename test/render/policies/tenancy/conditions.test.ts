import { ADDRESSES, GATEWAYS, guarded, HOSTS } from '../../../../lib/render/policies/tenancy/conditions';

const kindsIn = (conditions: typeof HOSTS) => conditions.flatMap(({ kinds }) => kinds).sort();

// What they mean is asked of a real API server: test/api-server/tenancy.test.ts.
describe('conditions on objects of a tenant', () => {
  it('are asked of every kind that speaks for a host', () => {
    expect(kindsIn(HOSTS)).toEqual([
      'gateway.networking.k8s.io/GRPCRoute',
      'gateway.networking.k8s.io/Gateway',
      'gateway.networking.k8s.io/HTTPRoute',
      'gateway.networking.k8s.io/ListenerSet',
      'gateway.networking.k8s.io/TLSRoute',
      'networking.istio.io/DestinationRule',
      'networking.istio.io/Gateway',
      'networking.istio.io/ServiceEntry',
      'networking.istio.io/VirtualService',
    ]);
  });

  it('are asked of every kind that uses a gateway, or names an address', () => {
    expect(kindsIn(GATEWAYS)).toEqual(expect.arrayContaining(['gateway.networking.k8s.io/TCPRoute', 'networking.istio.io/VirtualService']));
    expect(kindsIn(ADDRESSES)).toEqual(['/Service', 'networking.istio.io/ServiceEntry', 'networking.istio.io/WorkloadEntry']);
  });

  it('hold for objects of other kinds', () => {
    expect(guarded({ kinds: ['a/B', 'c/D'], holds: 'x' })).toBe('!(variables.kind in ["a/B","c/D"]) || (x)');
  });
});

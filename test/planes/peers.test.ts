import { ANYONE } from '../../lib/graph/anyone';
import { gatewayPods, peerOf, waypointKey, waypointPeer, WORLD } from '../../lib/planes/peers';
import { identity, service, waypointOf } from '../rules/model-builder';

describe('one end of a connection', () => {
  it('is the pods of a party, in its namespace alone', () => {
    expect(peerOf(service('cart'))).toEqual({ key: 'shop/cart', namespaceName: 'shop', podLabels: { app: 'cart' } });
  });

  it('is any pod of the namespace where only an identity is known', () => {
    expect(peerOf({ ...identity('legacy', 'web'), podLabels: undefined })).toMatchObject({ namespaceName: 'legacy', podLabels: undefined });
  });

  it('is the addresses of machines, which are no pods', () => {
    const machines = { ...service('vm'), addresses: ['10.20.0.5/32'] };
    expect(peerOf(machines)).toEqual({ key: 'shop/vm', world: true, blocks: ['10.20.0.5/32'] });
  });

  it('is any pod of the cluster for anyone, and no pod for the world', () => {
    expect([peerOf(ANYONE), WORLD]).toEqual([{}, { world: true }]);
  });

  // Istio labels the pods that it makes for a Gateway with its name; the key tells the waypoint from the services of its namespace.
  it('is the pods of a waypoint, which is nobody else’s end', () => {
    const waypoint = waypointOf('shop');
    const podLabels = { 'gateway.networking.k8s.io/gateway-name': 'waypoint' };
    expect(gatewayPods('waypoint')).toEqual(podLabels);
    expect(waypointPeer(waypoint)).toEqual({ key: waypointKey(waypoint), namespaceName: 'shop', podLabels });
    expect(waypointKey(waypoint)).not.toBe(waypointKey(waypointOf('payments')));
  });
});

import { partyFrom } from '../../../lib/graph/follows/party-from';
import { namespaceState, service, waypointOf } from '../../rules/model-builder';

describe('a party with what follows', () => {
  it('has its namespace, its names and its wave', () => {
    const namespace = namespaceState('shop', 'ambient');
    const names = { serviceNames: ['cart', 'cart-v2'], waypoint: waypointOf('shop'), guardedNames: ['cart'], isDialled: true };
    expect(partyFrom(service('cart'), namespace, 2, names)).toMatchObject({ name: 'cart', namespace, wave: 2, ...names });
  });

  it('takes nothing of it from what was said before', () => {
    const { wave, waypoint } = partyFrom(
      service('cart', { wave: 1, waypoint: waypointOf('shop') }),
      namespaceState('shop', 'sidecar'),
      undefined,
      {},
    );
    expect([wave, waypoint]).toEqual([undefined, undefined]);
  });
});

import { hopsOf, planeOf } from '../../lib/planes/plane-of';
import { call, namespaceState, identity, other, service, waypointOf } from '../rules/model-builder';

const cart = service('cart');

describe('the plane of a namespace', () => {
  it('is its mode; of an unknown one proxies are taken to be sidecars', () => {
    const [sidecar, ambient, unknown] = (['sidecar', 'ambient', 'unknown'] as const).map((mode) => planeOf({ mode }));
    expect(unknown).toBe(sidecar);
    expect(ambient).not.toBe(sidecar);
  });
});

describe('the connections of a call', () => {
  const enforcers = (...of: Parameters<typeof hopsOf>) =>
    hopsOf(of[0]).map(({ enforcement }) => enforcement && Object.keys(enforcement.attachment)[0]);

  it('follow the plane of the callee, whatever that of the caller is', () => {
    const behind = service('product', { namespace: namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') }) });
    const ambient = service('web', { namespace: namespaceState('front', 'ambient') });
    expect(enforcers(call(ambient, cart))).toEqual(['selector']);
    expect(enforcers(call(cart, behind))).toEqual(['selector']);
    expect(enforcers(call(ambient, behind))).toEqual(['targetRefs', 'selector']);
    expect(enforcers(call(identity('legacy', 'web'), cart))).toEqual(['selector']);
  });

  it('meet nobody of the mesh where they leave it', () => {
    expect(enforcers(call(cart, other('external', 'cards')))).toEqual([undefined]);
    expect(enforcers(call(cart, other('unmeshed', 'database')))).toEqual([undefined]);
  });
});

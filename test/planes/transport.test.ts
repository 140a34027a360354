import { transportOf } from '../../lib/planes/transport';
import { namespaceState, identity, other, service } from '../rules/model-builder';

const inMode = (mode: 'sidecar' | 'ambient') => service('cart', { namespace: namespaceState('shop', mode) });
const gateway = (mode: 'sidecar' | 'ambient') => other('gateway', 'edge', { namespace: namespaceState('edge', mode) });

describe('the way that a caller’s packets take', () => {
  // A sidecar never uses the waypoint of the callee: it dials the pods, by HBONE where they have no sidecar.
  it('passes by waypoints, and is the pod’s own port, for a sidecar', () => {
    expect(transportOf(inMode('sidecar'))).toMatchObject({ passesWaypoints: false, passesBy: true, dialsPodPort: true, dialsHbone: false });
  });

  it('is a tunnel through waypoints, which a sidecar takes as a tunnel too, for ambient', () => {
    expect(transportOf(inMode('ambient'))).toMatchObject({ passesWaypoints: true, passesBy: false, dialsPodPort: false, dialsHbone: true });
  });

  it.each(['sidecar', 'ambient'] as const)(
    'is through waypoints, and else the pod’s own port, for a gateway in a namespace of %s',
    (mode) => {
      expect(transportOf(gateway(mode))).toMatchObject({ passesWaypoints: true, passesBy: false, dialsPodPort: true, dialsHbone: false });
    },
  );

  it('may be any of them for who is known by an identity alone', () => {
    expect(Object.values(transportOf(identity('legacy', 'web')))).toEqual([true, true, true, true, 'perhaps']);
  });

  // Ztunnel routes nothing, and a gateway has a route of its own that says the same.
  it('leads over the routes of a service with sidecars, but for ambient', () => {
    const callers = [inMode('sidecar'), gateway('sidecar'), gateway('ambient'), inMode('ambient')];
    expect(callers.map((caller) => transportOf(caller).follows)).toEqual(['always', 'always', 'always', 'never']);
  });
});

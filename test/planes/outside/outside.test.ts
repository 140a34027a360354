import { externalHops, unmeshedHops } from '../../../lib/planes/outside/outside';
import { call, namespaceState, other, service, TCP, waypointOf } from '../../rules/model-builder';

const ports = [{ ...TCP, name: 'tls', number: 443, targetPort: 443 }];
const behindWaypoint = namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') });
const cards = (at = namespaceState('shop', 'ambient')) => other('external', 'cards', { ports, namespace: at, namespaceName: 'shop' });

const web = service('web', { namespace: namespaceState('shop', 'ambient') });
const old = service('old', { namespace: namespaceState('legacy', 'sidecar') });

describe('a call to a host outside', () => {
  it('goes straight to public addresses, and nobody in the mesh can refuse it', () => {
    expect(externalHops(call(web, cards()))).toEqual([
      { from: { key: 'shop/web', namespaceName: 'shop', podLabels: { app: 'web' } }, to: { world: true }, networkPorts: [443] },
    ]);
  });

  // A ServiceEntry in a namespace with a waypoint is behind it, and its TLS is not read there: who calls and which port is all.
  it('goes through the waypoint of its ServiceEntry, which lets in by identity and port', () => {
    const hops = externalHops(call(web, cards(behindWaypoint)));
    expect(hops).toMatchObject([
      { networkPorts: [15008], enforcement: { ports: [443], readsHttp: false, principal: 'cluster.local/ns/shop/sa/web' } },
      { from: { podLabels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' } }, to: { world: true }, networkPorts: [443] },
    ]);
    const targetRefs = [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'cards' }];
    expect(hops[0].enforcement!.attachment).toEqual({ targetRefs });
    expect(hops[1].enforcement).toBeUndefined();
  });

  it('goes through either of two waypoints in one place, which check the same', () => {
    const canary = { ...waypointOf('shop'), name: 'next' };
    const hops = externalHops(call(web, cards(namespaceState('shop', 'ambient', { waypoint: { ...waypointOf('shop'), canary } }))));
    const next = { podLabels: { 'gateway.networking.k8s.io/gateway-name': 'next' } };
    expect(hops.slice(2)).toMatchObject([
      { to: next, networkPorts: [15008] },
      { from: next, to: { world: true }, networkPorts: [443] },
    ]);
    expect(hops.filter(({ enforcement }) => enforcement)).toHaveLength(1);
  });

  it('passes the waypoint by from a sidecar', () => {
    expect(externalHops(call(old, cards(behindWaypoint)))).toMatchObject([{ to: { world: true }, networkPorts: [443] }]);
  });
});

describe('a call to pods without a proxy', () => {
  it.each([web, old])('is packets to their ports, which only the network layer can refuse: from $namespace.mode', (caller) => {
    const database = other('unmeshed', 'database', { ports: [{ ...TCP, number: 5432, targetPort: 15432 }], podLabels: { app: 'db' } });
    expect(unmeshedHops(call(caller, database))).toMatchObject([{ to: { podLabels: { app: 'db' } }, networkPorts: [15432] }]);
    expect(unmeshedHops(call(caller, database))[0].enforcement).toBeUndefined();
  });
});

import { externalHops, unmeshedHops } from '../../../lib/planes/outside/outside';
import { call, identity, namespaceState, other, service, TCP, waypointOf } from '../../rules/model-builder';

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

describe('a call through an egress gateway', () => {
  const through = {
    key: 'egress:out',
    name: 'out',
    namespaceName: 'shop',
    podLabels: { gate: 'out' },
    host: 'out-istio.shop.svc.cluster.local',
  };
  const behind = (mode: 'sidecar' | 'ambient', isMoving: boolean) => {
    const state = { waypoint: waypointOf('shop'), migration: isMoving ? { wave: 0 } : undefined };
    const namespace = namespaceState('shop', mode, isMoving || mode === 'ambient' ? state : {});
    return other('external', 'cards', { ports, namespace, namespaceName: 'shop', through, host: 'cards.example.com' });
  };
  const gates = (caller: typeof web | ReturnType<typeof identity>, callee: ReturnType<typeof behind>) =>
    externalHops(call(caller, callee)).flatMap(({ enforcement, networkPorts }) => {
      const attachment = enforcement?.attachment;
      return attachment && 'targetRefs' in attachment ? [`${attachment.targetRefs[0].kind} on ${networkPorts.join()}`] : [];
    });
  const [WAYPOINT, GATEWAY] = ['ServiceEntry on 15008', 'Gateway on 443'];

  it('goes to the form of its own plane while the gateway moves, whichever that has by then', () => {
    for (const mode of ['sidecar', 'ambient'] as const) {
      expect([gates(web, behind(mode, true)), gates(old, behind(mode, true))]).toEqual([[WAYPOINT], [GATEWAY]]);
      expect(gates(identity('apart', 'desk'), behind(mode, true))).toEqual([WAYPOINT, GATEWAY]);
    }
  });

  it('goes past a gateway of the other plane that stays', () => {
    expect([gates(web, behind('sidecar', false)), gates(old, behind('ambient', false))]).toEqual([[], []]);
    expect([gates(web, behind('ambient', false)), gates(old, behind('sidecar', false))]).toEqual([[WAYPOINT], [GATEWAY]]);
  });
});

describe('a call to pods without a proxy', () => {
  it.each([web, old])('is packets to their ports, which only the network layer can refuse: from $namespace.mode', (caller) => {
    const database = other('unmeshed', 'database', { ports: [{ ...TCP, number: 5432, targetPort: 15432 }], podLabels: { app: 'db' } });
    expect(unmeshedHops(call(caller, database))).toMatchObject([{ to: { podLabels: { app: 'db' } }, networkPorts: [15432] }]);
    expect(unmeshedHops(call(caller, database))[0].enforcement).toBeUndefined();
  });
});

import type { Party } from '../../../lib/model/party';
import { probedPorts, renderGuestNeeds, renderGuests, renderWaypointNetwork } from '../../../lib/render/network/guest-policy';
import { pods, tcp } from '../../builders';

const CART = { namespaceName: 'shop', podLabels: { app: 'cart' } };
const WAYPOINT = { name: 'waypoint', namespaceName: 'shop', principal: 'cluster.local/ns/shop/sa/waypoint' };
const AT_WAYPOINT = { ...WAYPOINT, key: 'waypoint:shop/waypoint', podLabels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' } };
const PORTS = [{ name: 'http', number: 80, targetPort: 8080, appProtocol: 'http', readsHttp: true }];

const party = (namespace: Partial<Party['namespace']>, more: Partial<Party> = {}): Party => ({
  kind: 'service',
  key: 'service:shop/cart',
  path: 'test/cart',
  name: 'cart',
  owned: true,
  ports: PORTS,
  ...CART,
  ...more,
  namespace: { name: 'shop', mode: 'ambient', zeroTrust: true, owned: false, enrolled: true, ...namespace },
});

describe('what a guest of a closed namespace needs', () => {
  it('are probes of its ports on the pod, and of those that are only probed', () => {
    expect(probedPorts({ ports: PORTS, probePorts: [9901] })).toEqual([8080, 9901]);
    expect(renderGuestNeeds(party({}, { probePorts: [9901] }))).toMatchObject([{ ingress: [{ ports: tcp(8080, 9901) }], egress: [] }]);
  });

  it.each([
    ['in a namespace of ours, which knows its ports', party({ owned: true })],
    ['in an open namespace', party({ zeroTrust: false })],
    ['where probes come from the node', party({ mode: 'sidecar' })],
    ['of what has no port', party({}, { ports: [] })],
  ])('is nothing %s', (_, one) => {
    expect(renderGuestNeeds(one)).toEqual([]);
  });
});

describe('the NetworkPolicy of a waypoint', () => {
  const hops = [
    { from: { key: 'caller', ...CART }, to: AT_WAYPOINT, networkPorts: [15008] },
    { from: AT_WAYPOINT, to: { key: 'callee', namespaceName: 'shop' }, networkPorts: [15008] },
    { from: { key: 'caller', ...CART }, to: { key: 'callee', namespaceName: 'shop' }, networkPorts: [8080] },
  ];

  it('has both of its ends of every call that passes it, and nothing of others', () => {
    expect(renderWaypointNetwork(WAYPOINT, [{ action: 'ALLOW', hops }])).toEqual({
      podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [pods('shop', { app: 'cart' })], ports: tcp(15008) }],
      egress: [{ to: [pods('shop')], ports: tcp(15008) }],
    });
  });

  it('opens nothing for a refusal', () => {
    expect(renderWaypointNetwork(WAYPOINT, [{ action: 'DENY', hops }]).policyTypes).toEqual([]);
  });
});

describe('the way out to guests', () => {
  it('leads to the pods of their namespaces, on whichever port of TCP', () => {
    expect(renderGuests(['shop', 'bank'])).toEqual(['shop', 'bank'].map((name) => ({ to: [pods(name)], ports: [{ protocol: 'TCP' }] })));
  });
});

import {
  AMBIENT,
  BEHIND_WAYPOINT,
  CARDS,
  CART,
  cluster,
  get,
  namespace,
  plaintext,
  pod,
  policy,
  serviceEntry,
  SIDECAR,
  sidecarWeb,
  service,
  STRICT,
  TO_POD,
  waypoint,
  WAYPOINT_DENY_ALL,
} from '../fixtures';
import { decide } from '../../../lib/verdict/decide';

const toCards = get({ to: CARDS });
const grant = (operation: string) =>
  policy(
    'cards',
    `targetRefs: [{kind: ServiceEntry, group: networking.istio.io, name: cards}], rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}], to: [{operation: {${operation}}}]}]`,
  );
describe('an external host behind a waypoint', () => {
  const SHOP = namespace('shop', BEHIND_WAYPOINT) + waypoint('service');

  it('is open to everybody until a policy names it', () => {
    expect(decide(cluster(SHOP, serviceEntry()), toCards).allowed).toBe(true);
  });

  it('is closed by the default deny of the waypoint, and opened by a grant to its callers', () => {
    const closed = cluster(SHOP, serviceEntry(), WAYPOINT_DENY_ALL);
    expect(decide(closed, toCards)).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/waypoint-deny-all' });
    const granted = cluster(SHOP, serviceEntry(), WAYPOINT_DENY_ALL, grant('ports: ["443"]'));
    expect(decide(granted, toCards)).toMatchObject({ allowed: true, by: 'AuthorizationPolicy shop/cards' });
    expect(decide(granted, { ...toCards, from: pod('other', 'ztunnel') }).allowed).toBe(false);
  });

  it('is read as bytes on a TLS port, so a grant of methods grants nothing', () => {
    expect(decide(cluster(SHOP, serviceEntry(), grant('methods: [GET]')), toCards).allowed).toBe(false);
  });

  it('is read as HTTP on an HTTP port, from where the waypoint may speak TLS', () => {
    const http = serviceEntry('', '{number: 80, name: http, protocol: HTTP, targetPort: 443}');
    const mesh = cluster(SHOP, http, grant('methods: [GET]'));
    expect(decide(mesh, get({ to: { ...CARDS, port: 80 } })).allowed).toBe(true);
    expect(decide(mesh, get({ to: { ...CARDS, port: 80 }, method: 'POST' })).allowed).toBe(false);
  });

  it('is not behind it with resolution NONE', () => {
    const none = serviceEntry().replace('DNS', 'NONE');
    expect(decide(cluster(SHOP, none, WAYPOINT_DENY_ALL), toCards).allowed).toBe(true);
  });

  it('can be dialled past it by address, which only the network can refuse', () => {
    const byAddress = get({ to: { address: '93.184.216.34', port: 443 } });
    const network = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {gateway.networking.k8s.io/gateway-name: waypoint}}}], ports: [{port: 15008}]}]`;
    const open = [SHOP, serviceEntry(), WAYPOINT_DENY_ALL, grant('ports: ["443"]')];
    expect(decide(cluster(...open), byAddress).allowed).toBe(true);
    expect(decide(cluster(...open, network), byAddress)).toMatchObject({ allowed: false, by: 'NetworkPolicy shop/web' });
    expect(decide(cluster(...open, network), toCards).allowed).toBe(true);
  });
});

describe('an external host without a waypoint', () => {
  it('is open to every ambient caller, known or not', () => {
    const ambient = cluster(namespace('shop', AMBIENT), serviceEntry(", exportTo: ['.']"), STRICT);
    expect(decide(ambient, toCards).allowed).toBe(true);
    expect(decide(ambient, { ...toCards, from: pod('other', 'ztunnel', 'elsewhere') }).allowed).toBe(true);
    expect(decide(ambient, get({ to: { host: 'unknown.example.com', port: 443 } })).allowed).toBe(true);
  });
});

describe('a host that a ServiceEntry writes with capitals', () => {
  const capitals = (port: string) => serviceEntry('', port).replace('api.cards', 'API.Cards');
  const HTTP = '{number: 80, name: http, protocol: HTTP}';

  it('answers nobody who comes by a sidecar and speaks HTTP', () => {
    const mesh = cluster(namespace('shop', SIDECAR), capitals(HTTP));
    const request = get({ from: sidecarWeb, to: { ...CARDS, port: 80 } });
    expect(decide(mesh, request)).toMatchObject({ allowed: false, layer: 'routing', by: 'ServiceEntry shop/cards' });
  });

  it('is known to nobody else: bytes pass by it, and ambient callers pass by its waypoint', () => {
    const behind = cluster(namespace('shop', BEHIND_WAYPOINT), waypoint('service'), WAYPOINT_DENY_ALL, capitals(HTTP));
    expect(decide(behind, get({ to: { ...CARDS, port: 80 } })).allowed).toBe(true);
    const sidecars = cluster(namespace('shop', SIDECAR), capitals('{number: 443, name: tls, protocol: TLS}'));
    expect(decide(sidecars, { ...toCards, from: sidecarWeb }).allowed).toBe(true);
  });

  it('is asked for by requests in small letters, whatever their client wrote', () => {
    const mesh = cluster(namespace('shop', SIDECAR), CART);
    const [small, capital] = ['cart.shop.svc.cluster.local', 'CART.shop.svc.cluster.local'].map((host) =>
      get({ from: sidecarWeb, to: { host, port: 8080 } }),
    );
    expect(decide(mesh, capital).trail).toEqual(decide(mesh, small).trail);
  });
});

describe('a ServiceEntry over pods', () => {
  const overCart = serviceEntry(', workloadSelector: {labels: {app: cart}}', '{number: 80, name: http, protocol: HTTP, targetPort: 8080}');
  const to = { ...CARDS, port: 80 };

  it('leads callers in the mesh to them', () => {
    const closed = policy('closed', 'selector: {matchLabels: {app: cart}}');
    const mesh = cluster(namespace('shop', AMBIENT), CART, overCart, closed);
    expect(decide(mesh, get({ to }))).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/closed' });
  });

  it('is unknown to callers outside the mesh, whose DNS answers without it', () => {
    const mesh = cluster(namespace('shop', AMBIENT), CART, overCart, STRICT);
    expect(decide(mesh, get({ from: plaintext, to })).allowed).toBe(true);
  });
});

describe('the address of a pod, called by a sidecar', () => {
  const called = (...pieces: string[]) =>
    decide(cluster(namespace('shop', SIDECAR), CART, STRICT, ...pieces), get({ from: sidecarWeb, to: TO_POD }));
  const headless = (port: string) => service('cart-pods', 'app: cart', { port, extra: ', clusterIP: None' });

  it('is known from a headless Service with a port for bytes', () => {
    expect(called(headless('{name: tcp, port: 8080}'))).toMatchObject({ allowed: true });
  });

  it('is bytes to nobody it knows without one, or where the port speaks HTTP or is another', () => {
    for (const pieces of [[], [headless('{name: http, port: 8080}')], [headless('{name: tcp, port: 9090}')]]) {
      expect(called(...pieces)).toMatchObject({ allowed: false, layer: 'mtls' });
    }
  });
});

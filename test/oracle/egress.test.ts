import {
  BEHIND_WAYPOINT,
  AMBIENT,
  CART,
  SIDECAR,
  STRICT,
  WAYPOINT_DENY_ALL,
  cluster,
  get,
  namespace,
  pod,
  policy,
  sidecarWeb,
  toService,
  waypoint,
  web,
} from './fixtures';
import { decide } from './journey';

const serviceEntry = (extra = '', port = '{number: 443, name: tls, protocol: TLS}') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cards, namespace: shop}
spec: {hosts: [api.cards.example.com], resolution: DNS, ports: [${port}]${extra}}
---`;
const CARDS = { host: 'api.cards.example.com', port: 443 };
const toCards = get({ to: CARDS });
const grant = (operation: string) =>
  policy(
    'cards',
    `targetRefs: [{kind: ServiceEntry, group: networking.istio.io, name: cards}], rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}], to: [{operation: {${operation}}}]}]`,
  );
const sidecar = (hosts: string, mode = 'REGISTRY_ONLY', selector = 'workloadSelector: {labels: {app: web}}, ') => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: web, namespace: shop}
spec: {${selector}outboundTrafficPolicy: {mode: ${mode}}, egress: [{hosts: [${hosts}]}]}
---`;

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

describe('what a sidecar has been told about', () => {
  const SHOP = [namespace('shop', SIDECAR), CART, serviceEntry()];
  const from = sidecarWeb;

  it.each([
    ['its host', '"shop/cart.shop.svc.cluster.local"', true],
    ['all hosts of its own namespace', '"./*"', true],
    ['all hosts anywhere', '"*/*"', true],
    ['hosts of another namespace', '"bank/*"', false],
    ['another host', '"shop/product.shop.svc.cluster.local"', false],
    ['nothing', '"~/*"', false],
    ['all hosts but this one', '"*/*", "~shop/cart.shop.svc.cluster.local"', false],
  ])('decides about a service, here %s', (_, hosts, expected) => {
    const decision = decide(cluster(...SHOP, sidecar(hosts)), get({ from }));
    expect(decision.allowed).toBe(expected);
    expect(decision.layer).toBe(expected ? 'network' : 'scope');
  });

  it('names the Sidecar that keeps a host from it, before any policy is asked', () => {
    const decision = decide(cluster(...SHOP, sidecar('"~/*"'), policy('deny-all', '')), get({ from }));
    expect(decision).toMatchObject({ allowed: false, layer: 'scope', by: 'Sidecar shop/web', trail: [] });
  });

  it('is everything where no Sidecar picks it', () => {
    const foreign = sidecar('"~/*"', 'REGISTRY_ONLY', 'workloadSelector: {labels: {app: other}}, ');
    expect(decide(cluster(...SHOP, foreign), get({ from })).allowed).toBe(true);
    expect(decide(cluster(...SHOP, sidecar('"~/*"', 'REGISTRY_ONLY', '')), get({ from })).allowed).toBe(false);
  });

  it("is the root namespace's word where neither the workload nor its namespace has one", () => {
    const everywhere = sidecar('"~/*"', 'REGISTRY_ONLY', '').replace('namespace: shop', 'namespace: istio-system');
    expect(decide(cluster(...SHOP, everywhere), get({ from })).by).toBe('Sidecar istio-system/web');
    expect(decide(cluster(...SHOP, everywhere, sidecar('"*/*"', 'REGISTRY_ONLY', '')), get({ from })).allowed).toBe(true);
    const some = sidecar('"~/*"').replace('namespace: shop', 'namespace: istio-system');
    expect(decide(cluster(...SHOP, some), get({ from })).allowed).toBe(true);
  });

  it('lets the rest pass as plaintext under ALLOW_ANY', () => {
    const decision = decide(cluster(...SHOP, sidecar('"~/*"', 'ALLOW_ANY'), STRICT), get({ from }));
    expect(decision).toMatchObject({ allowed: false, layer: 'mtls' });
  });

  it('covers external hosts, strangers and addresses', () => {
    const listed = cluster(...SHOP, sidecar('"shop/api.cards.example.com"'));
    expect(decide(listed, { ...toCards, from }).allowed).toBe(true);
    expect(decide(listed, get({ from, to: { host: 'unknown.example.com', port: 443 } })).layer).toBe('scope');
    expect(decide(listed, get({ from, to: { address: '93.184.216.34', port: 443 } })).layer).toBe('scope');
  });

  it('does not cover a host that was not exported to it', () => {
    const kept = serviceEntry(", exportTo: ['.']").replace('namespace: shop', 'namespace: bank');
    const decision = decide(cluster(namespace('shop', SIDECAR), kept, sidecar('"*/*"')), { ...toCards, from });
    expect(decision).toMatchObject({ allowed: false, layer: 'scope' });
  });

  it('covers a host that was exported to it among others', () => {
    const kept = serviceEntry(', exportTo: [bank, shop]').replace('namespace: shop', 'namespace: bank');
    expect(decide(cluster(namespace('shop', SIDECAR), kept, sidecar('"*/*"')), { ...toCards, from }).allowed).toBe(true);
  });

  it('covers a Service outside the mesh that no manifest describes', () => {
    const database = get({ from, to: { host: 'db.databases.svc.cluster.local', port: 5432 } });
    expect(decide(cluster(...SHOP, sidecar('"databases/db.databases.svc.cluster.local"')), database).allowed).toBe(true);
    expect(decide(cluster(...SHOP, sidecar('"./*"')), database)).toMatchObject({ allowed: false, layer: 'scope' });
  });

  it('means nothing to ztunnel', () => {
    expect(decide(cluster(namespace('shop', AMBIENT), CART, sidecar('"~/*"')), get({ from: web, to: toService('cart') })).allowed).toBe(
      true,
    );
  });
});

import {
  AMBIENT,
  CARDS,
  CART,
  cluster,
  get,
  namespace,
  policy,
  serviceEntry,
  SIDECAR,
  sidecarWeb,
  STRICT,
  toService,
  web,
} from '../fixtures';
import { decide } from '../../../lib/verdict/decide';

const toCards = get({ to: CARDS });
const sidecar = (hosts: string, mode = 'REGISTRY_ONLY', selector = 'workloadSelector: {labels: {app: web}}, ') => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: web, namespace: shop}
spec: {${selector}outboundTrafficPolicy: {mode: ${mode}}, egress: [{hosts: [${hosts}]}]}
---`;

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

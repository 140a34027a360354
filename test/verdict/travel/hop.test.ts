import {
  AMBIENT,
  BEHIND_WAYPOINT,
  CART,
  SIDECAR,
  STRICT,
  TO_POD,
  cluster,
  get,
  namespace,
  plaintext,
  pod,
  policy,
  sidecarWeb,
  waypoint,
  web,
} from '../fixtures';
import { decide } from '../../../lib/verdict/decide';

const FROM_WEB = policy(
  'web',
  'rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}], to: [{operation: {methods: [GET]}}]}]',
);
const L4_WEB = policy('web', 'rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]');
const wirePortOnly = (port: number) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only-${port}, namespace: shop}
spec: {podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], ingress: [{ports: [{port: ${port}}]}]}
---`;

describe('between the planes', () => {
  const sidecars = [namespace('shop', SIDECAR), CART, STRICT];
  const ztunnels = [namespace('shop', AMBIENT), CART, STRICT];

  it.each([
    ['sidecar to sidecar on the port itself', sidecars, sidecarWeb, 8080],
    ['ztunnel to ztunnel through a tunnel', ztunnels, web, 15008],
    ['sidecar to ztunnel through a tunnel', ztunnels, sidecarWeb, 15008],
    ['ztunnel to sidecar through a tunnel', sidecars, web, 15008],
  ])('goes %s', (_, mesh, from, port) => {
    const onThat = decide(cluster(...mesh, wirePortOnly(port)), get({ from }));
    const onOther = decide(cluster(...mesh, wirePortOnly(port === 8080 ? 15008 : 8080)), get({ from }));
    expect(onThat.allowed).toBe(true);
    expect(onOther).toMatchObject({ allowed: false, layer: 'network' });
  });

  it('leaves the ports that a sidecar itself offers to the network layer, but for tunnels', () => {
    const to = { ...TO_POD, port: 15020 };
    expect(decide(cluster(...sidecars, FROM_WEB), get({ from: plaintext, to })).allowed).toBe(true);
    expect(decide(cluster(...sidecars, FROM_WEB), get({ from: pod('other', 'ztunnel'), to })).allowed).toBe(false);
    expect(decide(cluster(...ztunnels), get({ from: plaintext, to })).allowed).toBe(false);
  });

  it("brings an ambient caller's identity to a sidecar, whose HTTP rules apply", () => {
    const mesh = cluster(...sidecars, FROM_WEB);
    expect(decide(mesh, get())).toMatchObject({ allowed: true, by: 'AuthorizationPolicy shop/web' });
    expect(decide(mesh, get({ method: 'POST' })).allowed).toBe(false);
    expect(decide(mesh, get({ from: pod('other', 'ztunnel') })).allowed).toBe(false);
  });

  it("brings a sidecar caller's own identity to ztunnel, past any waypoint", () => {
    const mesh = cluster(namespace('shop', BEHIND_WAYPOINT), waypoint('service'), CART, STRICT, L4_WEB);
    const decision = decide(mesh, get({ from: sidecarWeb }));
    expect(decision).toMatchObject({ allowed: true, by: 'AuthorizationPolicy shop/web' });
    expect(decision.trail.map((step) => step.at)).not.toContain('waypoint shop/waypoint');
  });

  it('opens the pod address to ambient clients of an account that was named for sidecars', () => {
    const mesh = cluster(namespace('shop', BEHIND_WAYPOINT), waypoint('service'), CART, STRICT, L4_WEB);
    expect(decide(mesh, get({ to: TO_POD })).allowed).toBe(true);
  });

  it('gives a namespace with both labels to the sidecar', () => {
    const both = cluster(namespace('shop', `${SIDECAR}, ${AMBIENT}`), CART, FROM_WEB);
    expect(decide(both, get({ from: sidecarWeb })).trail.at(-1)?.at).toBe('sidecar shop/cart-v1');
    expect(decide(both, get({ from: sidecarWeb })).allowed).toBe(true);
  });

  it('takes a revision label for a sidecar', () => {
    const decision = decide(cluster(namespace('shop', 'istio.io/rev: stable'), CART), get({ from: sidecarWeb }));
    expect(decision.trail.at(-1)?.at).toBe('sidecar shop/cart-v1');
  });

  it('goes to a pod outside the mesh on the port itself, whoever calls', () => {
    const mesh = cluster(namespace('shop', ''), CART, wirePortOnly(8080));
    expect([web, sidecarWeb, plaintext].map((from) => decide(mesh, get({ from })).allowed)).toEqual([true, true, true]);
  });

  it('asks nobody at a pod outside the mesh', () => {
    const decision = decide(cluster(namespace('shop', ''), CART, policy('deny-all', '')), get({ from: sidecarWeb }));
    expect(decision).toMatchObject({ allowed: true, by: 'nothing in the way' });
  });
});

describe('plaintext', () => {
  const peer = (name: string, namespaceName: string, spec: string) => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: ${name}, namespace: ${namespaceName}}
spec: {${spec}}
---`;
  const ONLY_CART = 'selector: {matchLabels: {app: cart}}';

  describe.each([
    ['a sidecar', SIDECAR],
    ['ztunnel', AMBIENT],
  ])('to %s', (_, plane) => {
    const mesh = [namespace('shop', plane), CART];

    it.each([
      ['taken without a word', '', true],
      ['refused by the namespace', STRICT, false],
      ['refused by the root namespace', peer('default', 'istio-system', 'mtls: {mode: STRICT}'), false],
      [
        'taken where the namespace softens the root',
        peer('a', 'istio-system', 'mtls: {mode: STRICT}') + peer('b', 'shop', 'mtls: {mode: PERMISSIVE}'),
        true,
      ],
      ['taken where the workload softens the namespace', STRICT + peer('cart', 'shop', `${ONLY_CART}, mtls: {mode: PERMISSIVE}`), true],
      ['refused where the workload leaves it unset', STRICT + peer('cart', 'shop', `${ONLY_CART}, mtls: {mode: UNSET}`), false],
      [
        'taken on a port of the pod that is let off',
        STRICT + peer('cart', 'shop', `${ONLY_CART}, portLevelMtls: {"8080": {mode: PERMISSIVE}}`),
        true,
      ],
    ])('is %s', (__, objects, expected) => {
      expect(decide(cluster(...mesh, objects), get({ from: plaintext })).allowed).toBe(expected);
    });

    it('proves no identity', () => {
      expect(decide(cluster(...mesh, L4_WEB), get({ from: plaintext }))).toMatchObject({ allowed: false, layer: 'authorization' });
    });

    it('names the object that refuses it', () => {
      const decision = decide(cluster(...mesh, STRICT), get({ from: plaintext }));
      expect(decision).toMatchObject({ allowed: false, layer: 'mtls', by: 'PeerAuthentication shop/default' });
    });
  });

  it("is what a sidecar sends to a pod's address, so STRICT refuses it", () => {
    const toPod = get({ from: sidecarWeb, to: TO_POD });
    expect(decide(cluster(namespace('shop', AMBIENT), CART, STRICT), toPod)).toMatchObject({ allowed: false, layer: 'mtls' });
    expect(decide(cluster(namespace('shop', SIDECAR), CART, STRICT), toPod)).toMatchObject({ allowed: false, layer: 'mtls' });
  });

  it('is no word for an identity that has no pod: the network is not asked about it', () => {
    const closed = cluster(namespace('shop', SIDECAR), CART, STRICT, FROM_WEB, wirePortOnly(1));
    const identity = { namespace: 'shop', serviceAccount: 'web', proxy: 'sidecar' } as const;
    expect(decide(closed, get({ from: { identity } }))).toMatchObject({ allowed: true, by: 'AuthorizationPolicy shop/web' });
    expect(decide(closed, get({ from: { identity: { ...identity, serviceAccount: 'other' } } })).allowed).toBe(false);
  });
});

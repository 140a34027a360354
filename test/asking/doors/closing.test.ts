import { Verdicts } from 'istio-constructs';
import * as made from '../../verdict/fixtures';

const ofPieces = (...pieces: string[]) => Verdicts.ofYaml(pieces.join('\n---\n').replace(/(---\s*)+/g, '---\n'));
const SIDECARS = [made.namespace('shop', made.SIDECAR), made.CART];
const AMBIENT = [
  made.namespace('shop', made.BEHIND_WAYPOINT),
  made.waypoint('service'),
  made.CART,
  made.deployment('web', 'web', 'v1'),
  made.P1,
];
const PERMISSIVE = 'mutual TLS that is STRICT, by a PeerAuthentication of namespace shop';

const closings = (mesh: Verdicts) => [...new Set(mesh.doorsTo('cart').map(({ callers, closedBy }) => `${callers[0]}: ${closedBy}`))];

describe('what closes a door', () => {
  it('is STRICT for plaintext, and a policy for an identity', () => {
    expect(closings(ofPieces(...SIDECARS))).toEqual([
      `pod:elsewhere: ${PERMISSIVE}`,
      'pod:shop: an AuthorizationPolicy in namespace shop that says who may call',
    ]);
    expect(closings(ofPieces(...SIDECARS, made.STRICT))).toEqual([
      'pod:shop: an AuthorizationPolicy in namespace shop that says who may call',
    ]);
    expect(closings(ofPieces(...SIDECARS, made.STRICT, made.DENY_ALL))).toEqual([]);
  });

  it('is who is named in the policy that opens it', () => {
    const wide = made.policy('wide', "rules: [{from: [{source: {namespaces: ['shop']}}]}]");
    expect(closings(ofPieces(...SIDECARS, made.STRICT, wide))).toEqual(['pod:shop: fewer callers in AuthorizationPolicy shop/wide']);
  });

  it('is a policy at the pods where they lie behind a waypoint, which then closes it', () => {
    const policies = closings(ofPieces(...AMBIENT, made.STRICT)).filter((text) => text.startsWith('shop/web: '));
    expect(policies).toEqual(
      ['shop/cart-v1', 'shop/cart-v2'].map(
        (key) => `shop/web: an AuthorizationPolicy with a selector for ${key} that lets in its waypoint alone, or whom you mean`,
      ),
    );
    expect(closings(ofPieces(...AMBIENT, made.STRICT, made.P2))).toEqual([]);
  });

  it('is a NetworkPolicy where nobody in the mesh stands before the pods', () => {
    expect(closings(ofPieces(made.namespace('shop', 'a: b'), made.CART))).toEqual([
      'pod:elsewhere: a NetworkPolicy, for nobody in the mesh stands before shop/cart:8080',
    ]);
  });

  it('is the type of a Service that is open to the world', () => {
    const outer = made.service('cart-lb', 'app: cart', { extra: ', type: LoadBalancer' });
    expect(closings(ofPieces(...SIDECARS, made.STRICT, outer))).not.toContain(
      'outside: type ClusterIP and no externalIPs in Service shop/cart-lb',
    );
    expect(closings(ofPieces(...SIDECARS, outer))).toContain('outside: type ClusterIP and no externalIPs in Service shop/cart-lb');
  });
});

import { strictLostAtZtunnel } from '../../../lib/rules/mtls/strict-lost-at-ztunnel';
import { findings, raw } from '../model-builder';

const peer = (name: string, spec: string, namespace = 'shop'): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
`;
const pods = (label: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${label} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: app, image: app }] } } }
`;
const AMBIENT = pods('istio.io/dataplane-mode: ambient');
const MESH = peer('mesh', 'mtls: { mode: STRICT }', 'istio-system');
const UNSET = peer('default', 'mtls: { mode: UNSET }');
const cart = (mode: string, whole = ''): string =>
  peer('cart', `selector: { matchLabels: { app: cart } }, ${whole} portLevelMtls: { 8080: { mode: ${mode} } }`);
const found = (...pieces: string[]) => findings(strictLostAtZtunnel, { objects: raw(pieces.join('---')) });

describe(strictLostAtZtunnel.title, () => {
  it('fails where the namespace has one without a mode, and names the one that is lost', () => {
    expect(found(AMBIENT, MESH, UNSET, cart('PERMISSIVE'))).toMatchObject([
      {
        on: { name: 'cart' },
        message: expect.stringMatching(
          /^PeerAuthentication shop\/cart takes plaintext on port 8080, .* STRICT of PeerAuthentication istio-system\/mesh/,
        ),
        fix: expect.stringMatching(/^say mode: STRICT/),
      },
    ]);
  });

  it.each([
    ['sidecars, which read the three levels by themselves', [pods('istio-injection: enabled'), MESH, UNSET, cart('PERMISSIVE')]],
    ['a namespace that says nothing by having none', [AMBIENT, MESH, cart('PERMISSIVE')]],
    ['a namespace with a mode', [AMBIENT, MESH, peer('default', 'mtls: { mode: STRICT }'), cart('PERMISSIVE')]],
    ['a workload with a mode', [AMBIENT, MESH, UNSET, cart('PERMISSIVE', 'mtls: { mode: STRICT },')]],
    ['ports that are all strict', [AMBIENT, MESH, UNSET, cart('STRICT')]],
    ['a mesh that asks for nothing', [AMBIENT, UNSET, cart('PERMISSIVE')]],
  ])('takes %s', (_, pieces) => {
    expect(found(...pieces)).toEqual([]);
  });
});

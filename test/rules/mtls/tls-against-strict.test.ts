import { tlsAgainstStrict } from '../../../lib/rules/mtls/tls-against-strict';
import { findings, namespace, raw } from '../model-builder';

const SHOP = `
  apiVersion: v1
  kind: Service
  metadata: { name: cart, namespace: shop }
  spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: http-admin, port: 81, targetPort: 8081 }] }
  ---
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: cart, namespace: shop }
  spec: { host: cart, trafficPolicy: { tls: { mode: MODE } } }
  `.replace(/^ {2}/gm, '');

const peer = (name: string, namespaceName: string, spec: string) => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespaceName} }
spec: { ${spec} }
`;

const find = (mode: string, peers: string, plane: 'sidecar' | 'ambient' = 'sidecar') =>
  findings(tlsAgainstStrict, { objects: raw(SHOP.replace('MODE', mode) + peers), namespaces: [namespace('shop', plane)] });

const STRICT = peer('default', 'shop', 'mtls: { mode: STRICT }');

describe(tlsAgainstStrict.title, () => {
  it('takes ISTIO_MUTUAL under STRICT, and anything where nothing is strict', () => {
    expect(find('ISTIO_MUTUAL', STRICT)).toEqual([]);
    expect(find('DISABLE', '')).toEqual([]);
  });

  it.each(['DISABLE', 'SIMPLE', 'MUTUAL'])('fails %s under STRICT of the namespace', (mode) => {
    expect(find(mode, STRICT)).toMatchObject([{ on: { path: 'raw/destinationrule/cart' }, got: `trafficPolicy.tls.mode: ${mode}` }]);
  });

  it('fails under STRICT of the whole mesh, unless the namespace says otherwise', () => {
    const mesh = peer('default', 'istio-system', 'mtls: { mode: STRICT }');
    expect(find('DISABLE', mesh)).toHaveLength(1);
    expect(find('DISABLE', mesh + peer('default', 'shop', 'mtls: { mode: PERMISSIVE }'))).toEqual([]);
  });

  it('takes what a PeerAuthentication of the workload excepts', () => {
    const lax = peer('cart', 'shop', 'selector: { matchLabels: { app: cart } }, mtls: { mode: PERMISSIVE }');
    expect(find('DISABLE', STRICT + lax)).toEqual([]);
  });

  it('fails for the ports that stay strict, counted as the pod does', () => {
    const lax = peer(
      'cart',
      'shop',
      'selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { 8081: { mode: DISABLE } }',
    );
    const onPort = (port: number) => ({
      objects: raw(SHOP.replace('tls: { mode: MODE }', `portLevelSettings: [{ port: { number: ${port} }, tls: { mode: DISABLE } }]`) + lax),
      namespaces: [namespace('shop', 'sidecar')],
    });
    expect(findings(tlsAgainstStrict, onPort(81))).toEqual([]);
    expect(findings(tlsAgainstStrict, onPort(80))).toMatchObject([{ got: 'trafficPolicy port 80.tls.mode: DISABLE' }]);
  });

  it('fails for a subset, and for all hosts of a namespace', () => {
    const rule = (spec: string) =>
      raw(
        `{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: rule, namespace: shop }, spec: { ${spec} } }${STRICT}`,
      );
    const subset = rule('host: cart.shop.svc.cluster.local, subsets: [{ name: v1, trafficPolicy: { tls: { mode: SIMPLE } } }]');
    const all = rule('host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: DISABLE } }');
    const namespaces = [namespace('shop', 'sidecar')];
    expect(findings(tlsAgainstStrict, { objects: subset, namespaces })).toMatchObject([{ got: 'subset v1.tls.mode: SIMPLE' }]);
    expect(findings(tlsAgainstStrict, { objects: all, namespaces })).toHaveLength(1);
  });

  it('takes hosts outside the mesh, and ambient pods, where the setting goes into the tunnel', () => {
    expect(find('DISABLE', STRICT, 'ambient')).toEqual([]);
    expect(findings(tlsAgainstStrict, { objects: raw(SHOP.replace('MODE', 'DISABLE') + STRICT) })).toEqual([]);
  });
});

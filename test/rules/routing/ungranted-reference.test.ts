import { ungrantedReference } from '../../../lib/rules/routing/ungranted-reference';
import { findings, made, namespace, raw } from '../model-builder';

const route = (spec: string, kind = 'HTTPRoute') => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: cart, namespace: edge }
spec: { ${spec} }
`;

const AT_GATEWAY = 'parentRefs: [{ name: gateway }]';
const TO_SHOP = 'rules: [{ backendRefs: [{ name: cart, namespace: shop, port: 8080 }] }]';

const grant = (from: string, to: string, namespaceName = 'shop') => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: edge, namespace: ${namespaceName} }
spec: { from: [{ group: gateway.networking.k8s.io, ${from} }], to: [{ group: "", ${to} }] }
`;

const GRANT = grant('kind: HTTPRoute, namespace: edge', 'kind: Service');

const gateway = (namespaceName: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop-tls, namespace: ${namespaceName} }] } }]
`;

const find = (...manifests: string[]) =>
  findings(ungrantedReference, {
    objects: manifests.flatMap(raw),
    namespaces: [namespace('shop', 'sidecar'), namespace('edge', 'sidecar')],
  });

describe(ungrantedReference.title, () => {
  it.each([
    ['with a grant', [route(`${AT_GATEWAY}, ${TO_SHOP}`), GRANT]],
    [
      'with a grant for this Service',
      [route(`${AT_GATEWAY}, ${TO_SHOP}`), grant('kind: HTTPRoute, namespace: edge', 'kind: Service, name: cart')],
    ],
    ['to its own namespace', [route(`${AT_GATEWAY}, rules: [{ backendRefs: [{ name: cart, port: 8080 }] }]`)]],
    ['for callers inside the mesh', [route(`parentRefs: [{ group: "", kind: Service, name: cart, namespace: shop }], ${TO_SHOP}`)]],
    ['to a namespace of somebody else', [route(`${AT_GATEWAY}, ${TO_SHOP.replace('shop', 'books')}`)]],
  ])('takes a route %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['without one', []],
    ['with a grant for Gateways', [grant('kind: Gateway, namespace: edge', 'kind: Service')]],
    ['with a grant for another namespace', [grant('kind: HTTPRoute, namespace: web', 'kind: Service')]],
    ['with a grant for another Service', [grant('kind: HTTPRoute, namespace: edge', 'kind: Service, name: product')]],
    ['with a grant in its own namespace', [grant('kind: HTTPRoute, namespace: edge', 'kind: Service', 'edge')]],
  ])('fails a route to another namespace %s', (_, grants) => {
    expect(find(route(`${AT_GATEWAY}, ${TO_SHOP}`), ...grants)).toMatchObject([
      { on: { path: 'raw/httproute/cart' }, got: 'Service shop/cart', fix: expect.stringContaining('ReferenceGrant in shop') },
    ]);
  });

  it('fails copies of requests that go to another namespace, and routes of other kinds', () => {
    const mirror = 'rules: [{ filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: cart, namespace: shop } } }] }]';
    expect(find(route(`${AT_GATEWAY}, ${mirror}`))).toHaveLength(1);
    expect(find(route(`${AT_GATEWAY}, ${TO_SHOP}`, 'TCPRoute'), GRANT)).toHaveLength(1);
  });

  it('asks for the certificates of a Gateway too', () => {
    expect(find(gateway('edge'))).toEqual([]);
    expect(find(gateway('shop'), grant('kind: Gateway, namespace: edge', 'kind: Secret'))).toEqual([]);
    expect(find(gateway('shop'))).toMatchObject([{ on: { path: 'raw/gateway/gateway' }, got: 'Secret shop/shop-tls' }]);
    expect(findings(ungrantedReference, { objects: made(gateway('shop')), namespaces: [namespace('shop', 'sidecar')] })).toEqual([]);
  });
});

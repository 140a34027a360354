import { certificateElsewhere } from '../../../lib/rules/border/certificate-elsewhere';
import { findings, raw } from '../model-builder';

const ISTIO = (credentialName = 'shop-tls') => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: ${credentialName} } }]
`;

const GATEWAY = (ref = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop-tls${ref} }] } }]
`;

const PODS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec:
  selector: { matchLabels: { istio: ingress } }
  template: { metadata: { labels: { istio: ingress } }, spec: { containers: [{ name: istio-proxy, image: auto }] } }
`;

const secret = (namespace: string) =>
  `{ apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: { name: shop-tls, namespace: ${namespace} } }`;
const certificate = (namespace: string) =>
  `{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: shop, namespace: ${namespace} }, spec: { secretName: shop-tls } }`;

const find = (...manifests: string[]) => findings(certificateElsewhere, { objects: manifests.flatMap(raw) });

describe(certificateElsewhere.title, () => {
  it.each([
    ['a Secret that something else makes', [ISTIO(), PODS]],
    ['a Secret beside the pods of the gateway', [ISTIO(), PODS, secret('edge')]],
    ['one there and one elsewhere', [ISTIO(), PODS, secret('edge'), secret('shop')]],
    ['pods that somebody else makes', [ISTIO(), secret('shop')]],
    ['a certificate that is named with its namespace', [ISTIO('kubernetes://shop/shop-tls'), PODS, secret('shop')]],
    ['one of Istio’s own', [ISTIO('builtin://'), PODS, secret('shop')]],
    ['a Secret in the namespace of a Gateway of the Gateway API', [GATEWAY(), secret('edge')]],
    ['one of another namespace that is named', [GATEWAY(', namespace: shop'), secret('shop')]],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['a Secret beside an Istio Gateway, and not beside its pods', [ISTIO(), PODS, secret('shop')], 'shop/shop-tls'],
    ['the same with the kind in its name', [ISTIO('kubernetes://shop-tls'), PODS, secret('shop')], 'shop/shop-tls'],
    ['a certificate that cert-manager makes somewhere else', [GATEWAY(), certificate('shop')], 'shop/shop-tls'],
    ['a Secret that is named in another namespace', [GATEWAY(', namespace: shop'), secret('edge')], 'edge/shop-tls'],
  ])('tells of %s', (_, manifests, got) => {
    expect(find(...manifests)).toMatchObject([{ got: `Secret ${got}`, message: expect.stringContaining('certificate shop-tls') }]);
  });
});

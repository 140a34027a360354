import { lockedOut } from '../../../lib/rules/waypoints/locked-out';
import { findings, made, raw } from '../model-builder';
import { namespace } from '../in-few-words';

const AMBIENT = 'istio.io/dataplane-mode: ambient';
const ALONE = 'cluster.local/ns/shop/sa/waypoint';

const workload = (name: string, place = 'shop', labels = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${place} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name}, ${labels} } }, spec: { serviceAccountName: ${name}, containers: [{ name: app, image: app }] } }
---`;

const shop = (labels = `${AMBIENT}, istio.io/use-waypoint: waypoint`) => `${namespace('shop', labels)}
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: http-metrics, port: 9090 }] }
---${workload('cart')}${workload('web')}`;

const policy = (spec: string, name = 'cart') => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
---`;

const AT_PODS = 'selector: { matchLabels: { app: cart } }';
const AT_WAYPOINT = 'targetRefs: [{ group: "", kind: Service, name: cart }]';
const from = (words: string, rest = '') => `rules: [{ from: [{ source: { ${words} } }]${rest} }]`;
const FROM_WEB = from('principals: [cluster.local/ns/shop/sa/web]');
const find = (text: string) => findings(lockedOut, { objects: raw(text.replace(/---\s*$/, '')) });

describe(lockedOut.title, () => {
  it.each([
    ['principals', `${AT_PODS}, ${FROM_WEB}`],
    ['accounts', `${AT_PODS}, ${from('serviceAccounts: [web]')}`],
    ['a namespace of which it is not', `${AT_PODS}, ${from('namespaces: [shop], notPrincipals: ["*/sa/waypoint"]')}`],
    ['an account that has no pods here', `${AT_PODS}, ${from('principals: [cluster.local/ns/shop/sa/worker]')}`],
    ['the namespace as a whole', FROM_WEB],
    ['a refusal of all others', `${AT_PODS}, action: DENY, ${from('notPrincipals: [cluster.local/ns/shop/sa/web]')}`],
  ])('tells of callers by %s', (_, spec) => {
    expect(find(shop() + policy(spec))).toMatchObject([{ on: { name: 'cart', kind: 'AuthorizationPolicy' }, got: `no rule for ${ALONE}` }]);
  });

  it('tells of a closed namespace in which the waypoint alone is told who may call', () => {
    const text = shop() + policy('{}', 'closed').replace('{ {} }', '{}') + policy(`${AT_WAYPOINT}, ${FROM_WEB}`);
    expect(find(text)).toMatchObject([{ on: { name: 'closed' } }]);
  });

  it('tells of sidecars that callers in ambient mode reach through it', () => {
    const text = `${shop('istio-injection: enabled, istio.io/use-waypoint: waypoint')}${namespace('front', AMBIENT)}${workload('front', 'front')}`;
    expect(find(text + policy(`${AT_PODS}, ${from('namespaces: [front]')}`))).toHaveLength(1);
    expect(find(text + policy(`${AT_PODS}, ${FROM_WEB}`))).toEqual([]);
  });

  it.each([
    ['notNamespaces: [front]', `${ALONE} to its notPrincipals`],
    ['notNamespaces: ["fro*"]', `${ALONE} to its notPrincipals`],
    ['notPrincipals: [cluster.local/ns/front/sa/front]', `${ALONE} to its notPrincipals`],
    ['notServiceAccounts: [front/front]', 'add shop/waypoint to its notServiceAccounts'],
  ])('tells of a refusal of all but callers elsewhere, whose pods are not here: %s', (words, fix) => {
    const text = shop() + namespace('front', AMBIENT);
    expect(find(text + policy(`${AT_PODS}, action: DENY, ${from(words)}`))).toMatchObject([{ fix: expect.stringContaining(fix) }]);
    const outside = shop() + namespace('front', 'a: b');
    expect(find(outside + policy(`${AT_PODS}, action: DENY, ${from(words)}`))).toEqual([]);
  });

  it.each([
    ['its account', `${AT_PODS}, ${from(`principals: [${ALONE}]`)}`],
    ['its account beside others', `${AT_PODS}, ${from(`principals: [cluster.local/ns/shop/sa/web, ${ALONE}]`)}`],
    ['its namespace', `${AT_PODS}, ${from('namespaces: [shop]')}`],
    ['everybody', `${AT_PODS}, rules: [{}]`],
    ['everybody on a port', `${AT_PODS}, rules: [{ to: [{ operation: { ports: ["8080"] } }] }]`],
    [
      'its account on one port, and a scraper by address on another',
      `${AT_PODS}, rules: [
        { from: [{ source: { principals: ["${ALONE}"] } }], to: [{ operation: { ports: ["8080"] } }] },
        { from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }], to: [{ operation: { ports: ["9090"] } }] }]`,
    ],
    ['nobody', `${AT_PODS}`],
    ['a gateway, which goes to the pods', `${AT_PODS}, ${from('principals: [cluster.local/ns/istio-ingress/sa/gateway]')}`],
    ['callers at the waypoint', `${AT_WAYPOINT}, ${FROM_WEB}`],
    ['callers, and is only tried', `${AT_PODS}, action: AUDIT, ${FROM_WEB}`],
  ])('takes a policy that lets in %s', (_, spec) => {
    expect(find(shop() + policy(spec))).toEqual([]);
  });

  it('takes pods without a waypoint, and what constructs have written', () => {
    expect(find(shop(AMBIENT) + policy(`${AT_PODS}, ${FROM_WEB}`))).toEqual([]);
    const objects = [...raw(shop().replace(/---\s*$/, '')), ...made(policy(`${AT_PODS}, ${FROM_WEB}`).replace(/---$/, ''))];
    expect(findings(lockedOut, { objects })).toEqual([]);
  });
});

import { httpPolicyAtZtunnel } from '../../../lib/rules/access/http-policy-at-ztunnel';
import { findings, namespace, raw } from '../model-builder';

const SELECTOR = 'selector: { matchLabels: { app: cart } }';
const GET = 'rules: [{ to: [{ operation: { methods: [GET] } }] }]';

const find = (spec: string, plane: 'sidecar' | 'ambient' = 'ambient') => {
  const objects = raw(
    `{ apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: cart, namespace: shop }, spec: { ${spec} } }`,
  );
  return findings(httpPolicyAtZtunnel, { objects, namespaces: [namespace('shop', plane)] });
};

describe(httpPolicyAtZtunnel.title, () => {
  it.each([
    `${SELECTOR}, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }], to: [{ operation: { ports: ["8080"] } }] }]`,
    `${SELECTOR}, rules: [{ when: [{ key: source.namespace, values: [shop] }] }]`,
    `targetRefs: [{ group: "", kind: Service, name: cart }], ${GET}`,
    `selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: edge } }, ${GET}`,
    '',
  ])('takes "%s"', (spec) => {
    expect(find(spec)).toEqual([]);
  });

  it.each([
    [`${SELECTOR}, ${GET}`, 'ALLOW with methods', 'are refused'],
    [GET, 'ALLOW with methods', 'are refused'],
    [`${SELECTOR}, action: DENY, rules: [{ to: [{ operation: { paths: [/admin] } }] }]`, 'DENY with paths', 'is not enforced'],
    [`${SELECTOR}, rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }]`, 'ALLOW with requestPrincipals', 'are refused'],
    [`${SELECTOR}, rules: [{ when: [{ key: "request.headers[x]", values: [a] }] }]`, 'ALLOW with request.headers[x]', 'are refused'],
    [`${SELECTOR}, action: CUSTOM, provider: { name: opa }, rules: [{}]`, 'action: CUSTOM', 'protects nothing'],
    [`${SELECTOR}, action: AUDIT, rules: [{}]`, 'action: AUDIT', 'protects nothing'],
  ])('fails at %s', (spec, got, effect) => {
    expect(find(spec)).toMatchObject([{ on: { path: 'raw/authorizationpolicy/cart' }, got, message: expect.stringContaining(effect) }]);
  });

  it('takes all of it for sidecars', () => {
    expect(find(`${SELECTOR}, ${GET}`, 'sidecar')).toEqual([]);
  });
});

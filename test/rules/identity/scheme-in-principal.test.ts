import { schemeInPrincipal } from '../../../lib/rules/identity/scheme-in-principal';
import { findings, made, raw } from '../model-builder';

const policy = (rule: string, action = 'DENY'): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-cart, namespace: shop }
spec: { action: ${action}, rules: [${rule}] }
`;
const CART = 'cluster.local/ns/shop/sa/cart';
const find = (rule: string, action?: string) => findings(schemeInPrincipal, { objects: raw(policy(rule, action)) });

describe(schemeInPrincipal.title, () => {
  it.each([
    `from: [{ source: { principals: ["spiffe://${CART}"] } }]`,
    `from: [{ source: { notPrincipals: ["${CART}", "spiffe://${CART}"] } }]`,
    `when: [{ key: source.principal, values: ["spiffe://${CART}"] }]`,
  ])('fails { %s }', (rule) => {
    expect(find(`{ ${rule} }`)).toMatchObject([
      { on: { path: 'raw/authorizationpolicy/no-cart' }, got: `spiffe://${CART}`, fix: `write ${CART}` },
    ]);
  });

  it('fails patterns and grants, too', () => {
    expect(find('{ from: [{ source: { principals: ["spiffe://cluster.local/ns/shop/*"] } }] }', 'ALLOW')).toHaveLength(1);
  });

  it.each([
    `from: [{ source: { principals: ["${CART}", "*/sa/cart"] } }]`,
    'from: [{ source: { requestPrincipals: ["spiffe://issuer/subject"] } }]',
    'when: [{ key: request.headers[x-peer], values: ["spiffe://peer"] }]',
  ])('takes { %s }', (rule) => {
    expect(find(`{ ${rule} }`)).toEqual([]);
  });

  it('takes what constructs make', () => {
    const rule = `{ from: [{ source: { principals: ["spiffe://${CART}"] } }] }`;
    expect(findings(schemeInPrincipal, { objects: made(policy(rule)) })).toEqual([]);
  });
});

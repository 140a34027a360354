import { nameAsPattern } from '../../../lib/rules/identity/name-as-pattern';
import { findings, made, raw } from '../model-builder';

const policy = (rule: string, action = 'ALLOW'): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec: { action: ${action}, rules: [${rule}] }
`;
const find = (rule: string, action?: string) => findings(nameAsPattern, { objects: raw(policy(rule, action)) });

describe(nameAsPattern.title, () => {
  it.each([
    ['shop/cart.v1', 'from: [{ source: { serviceAccounts: [shop/web, shop/cart.v1] } }]'],
    ['cart.v1', 'from: [{ source: { notServiceAccounts: [cart.v1] } }]'],
    ['shop|admin', 'from: [{ source: { namespaces: ["shop|admin"] } }]'],
    ['*.example.com/ns/shop/sa/web', 'from: [{ source: { principals: ["*.example.com/ns/shop/sa/web"] } }]'],
    ['shop.', 'when: [{ key: source.namespace, values: [shop.] }]'],
    ['*.v1', 'when: [{ key: source.principal, notValues: ["*.v1"] }]'],
  ])('tells of %s', (got, rule) => {
    expect(find(`{ ${rule} }`)).toMatchObject([{ on: { path: 'raw/authorizationpolicy/callers' }, got }]);
  });

  it('tells of refusals, whose exceptions grow the same way', () => {
    expect(find('{ from: [{ source: { notNamespaces: ["a.b"] } }] }', 'DENY')).toHaveLength(1);
  });

  it.each([
    'from: [{ source: { serviceAccounts: [shop/cart-v1, web], namespaces: ["shop-*"] } }]',
    'from: [{ source: { principals: ["cluster.local/ns/shop/sa/cart.v1", "cluster.local/ns/shop/*", "*/sa/cart"] } }]',
    'when: [{ key: "request.headers[x-peer]", values: [a.b] }]',
  ])('takes { %s }', (rule) => {
    expect(find(`{ ${rule} }`)).toEqual([]);
  });

  it('takes what constructs make', () => {
    const objects = made(policy('{ from: [{ source: { serviceAccounts: [cart.v1] } }] }'));
    expect(findings(nameAsPattern, { objects })).toEqual([]);
  });
});

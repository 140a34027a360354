import { wildcardPrincipal } from '../../../lib/rules/identity/wildcard-principal';
import { findings, made, raw } from '../model-builder';

const policy = (source: string, action = 'ALLOW'): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec: { action: ${action}, rules: [{ from: [{ source: { ${source} } }] }] }
`;
const find = (source: string, action?: string) => findings(wildcardPrincipal, { objects: raw(policy(source, action)) });

describe(wildcardPrincipal.title, () => {
  it.each([
    ['everybody who has one', 'principals: ["*"]', '*'],
    ['an account of any namespace', 'principals: ["*/sa/cart"]', '*/sa/cart'],
    ['a namespace of any trust domain', 'principals: ["*/ns/web/sa/cart"]', '*/ns/web/sa/cart'],
    ['all of a trust domain', 'principals: ["cluster.local/*"]', 'cluster.local/*'],
    ['namespaces that begin alike', 'principals: ["cluster.local/ns/web*"]', 'cluster.local/ns/web*'],
    ['accounts that begin alike', 'principals: ["cluster.local/ns/web/sa/cart*"]', 'cluster.local/ns/web/sa/cart*'],
    ['namespaces that begin alike, by their name', 'namespaces: ["web*"]', 'web*'],
  ])('tells of %s', (_, source, got) => {
    expect(find(source)).toMatchObject([{ on: { path: 'raw/authorizationpolicy/callers' }, got }]);
  });

  it.each([
    ['a caller', 'principals: ["cluster.local/ns/web/sa/cart"]'],
    ['all accounts of one namespace', 'principals: ["cluster.local/ns/web/sa/*", "cluster.local/ns/web/*"]'],
    ['one namespace', 'namespaces: ["web"]'],
    ['those who are not excepted', 'notPrincipals: ["*/sa/cart"], principals: ["cluster.local/ns/web/sa/cart"]'],
    ['users with any token', 'requestPrincipals: ["*"]'],
  ])('is silent about %s', (_, source) => {
    expect(find(source)).toEqual([]);
  });

  it('is silent about refusals, and about what constructs make', () => {
    expect(find('principals: ["*"]', 'DENY')).toEqual([]);
    expect(findings(wildcardPrincipal, { objects: made(policy('principals: ["*"]')) })).toEqual([]);
  });
});

import { withoutAliases } from '../../../lib/rules/mtls/without-aliases';
import { findings, made, raw } from '../model-builder';

const DOMAINS = { trustDomain: 'mesh.example', trustDomainAliases: ['cluster.local'] };
const namespace = (name: string, labels: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: ${name} }
spec: { selector: { matchLabels: { app: cart } }, template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: app, image: a }] } } }
---`;
const AMBIENT = namespace('shop', 'istio.io/dataplane-mode: ambient');
const SIDECARS = namespace('shop', 'istio-injection: enabled');
const policy = (rules: string, { place = 'shop', spec = '', action = 'ALLOW' } = {}): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: ${place} }
spec: { ${spec} action: ${action}, rules: [{ ${rules} }] }`;
const from = (source: string): string => `from: [{ source: { ${source} } }]`;
const WEB = from('principals: ["mesh.example/ns/shop/sa/web"]');
const found = (yaml: string, domains: object = DOMAINS) => findings(withoutAliases, { objects: raw(yaml), ...domains });

describe(withoutAliases.title, () => {
  it.each([
    ['a caller that it lets in', WEB, {}, 'is refused'],
    ['a caller under the old name alone', from('principals: ["cluster.local/ns/shop/sa/web"]'), {}, 'is refused'],
    ['a caller that it refuses', WEB, { action: 'DENY' }, 'passes'],
    ['exceptions', from('notPrincipals: ["mesh.example/ns/shop/sa/web"]'), { action: 'DENY' }, 'is refused'],
    ['conditions', 'when: [{ key: source.principal, values: ["mesh.example/ns/shop/sa/web"] }]', {}, 'is refused'],
    ['one of the whole mesh', WEB, { place: 'istio-system' }, 'is refused'],
    ['one by labels', WEB, { spec: 'selector: { matchLabels: { app: cart } },' }, 'is refused'],
  ])('is told of %s', (_, rules, place, fate) => {
    expect(found(AMBIENT + policy(rules, place))).toMatchObject([
      { on: { path: 'raw/authorizationpolicy/callers' }, message: expect.stringMatching(new RegExp(`and there ${fate}$`)) },
    ]);
  });

  it('names whom it lacks', () => {
    expect(found(AMBIENT + policy(WEB))).toMatchObject([{ got: 'not named: cluster.local/ns/shop/sa/web' }]);
  });

  it.each([
    ['under both names', from('principals: ["mesh.example/ns/shop/sa/web", "cluster.local/ns/shop/sa/web"]'), {}],
    ['by a pattern of any trust domain', from('principals: ["mesh.example/ns/shop/sa/web", "*/ns/shop/sa/web"]'), {}],
    ['by accounts, or by namespaces', from('serviceAccounts: ["shop/web"], namespaces: ["shop"]'), {}],
    ['of another trust domain', from('principals: ["partner.example/ns/shop/sa/web"]'), {}],
    ['at a waypoint, which is told the aliases', WEB, { spec: 'targetRefs: [{ kind: Service, group: "", name: cart }],' }],
    ['for other pods', WEB, { spec: 'selector: { matchLabels: { app: web } },' }],
    ['elsewhere', WEB, { place: 'other' }],
  ])('is silent about callers %s', (_, rules, place) => {
    expect(found(AMBIENT + policy(rules, place))).toEqual([]);
  });

  it('is silent where there is no alias, where sidecars are told them, and about what constructs write', () => {
    expect(found(AMBIENT + policy(WEB), { trustDomain: 'mesh.example' })).toEqual([]);
    expect(found(SIDECARS + policy(WEB))).toEqual([]);
    expect(findings(withoutAliases, { objects: made(AMBIENT + policy(WEB)), ...DOMAINS })).toEqual([]);
  });
});

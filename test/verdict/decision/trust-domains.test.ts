import type { AuthorizationRule, Clause } from '../../../lib/cluster/policies/authorization-policies';
import { underAliases } from '../../../lib/verdict/decision/trust-domains';

const from = (clause: Clause): AuthorizationRule => ({ from: [clause], to: [], when: [] });
const when = (key: string, values: readonly string[], notValues: readonly string[] = []): AuthorizationRule => ({
  from: [],
  to: [],
  when: [{ key, values, notValues }],
});
const MOVING = { trustDomain: 'new.example', trustDomainAliases: ['old.example'] };
const expanded = (principal: string, trust = MOVING): readonly string[] =>
  underAliases(trust, from({ principals: [principal] })).from[0].principals;

/** What pilot/pkg/security/trustdomain does, case by case. */
describe('a rule, as istiod tells it to an Envoy', () => {
  it.each([
    ['of the mesh', 'new.example/ns/a/sa/b', ['new.example/ns/a/sa/b', 'old.example/ns/a/sa/b']],
    ['of the alias', 'old.example/ns/a/sa/b', ['new.example/ns/a/sa/b', 'old.example/ns/a/sa/b']],
    ['of the default, which stands for the mesh', 'cluster.local/ns/a/sa/b', ['new.example/ns/a/sa/b', 'old.example/ns/a/sa/b']],
    ['of somebody else', 'elsewhere.example/ns/a/sa/b', ['elsewhere.example/ns/a/sa/b']],
    ['of any domain', '*/ns/a/sa/b', ['*/ns/a/sa/b']],
    ['of whoever has one', '*', ['*']],
    ['that is none', 'sa/b', ['sa/b']],
    ['by the end of a domain', '*.example/ns/a/sa/b', ['*.example/ns/a/sa/b']],
    ['by an end that one of them has', '*w.example/ns/a/sa/b', ['*w.example/ns/a/sa/b', 'old.example/ns/a/sa/b']],
    ['by the beginning of one', 'new*/ns/a/sa/b', ['new.example/ns/a/sa/b', 'old.example/ns/a/sa/b']],
  ])('names a principal %s', (_, principal, expected) => {
    expect(expanded(principal)).toEqual(expected);
  });

  it('names trust domains beside each other, in negations and conditions as well', () => {
    const both = ['new.example', 'old.example'];
    expect(underAliases(MOVING, from({ notTrustDomains: ['old.example', 'x.example'] })).from).toEqual([
      { notTrustDomains: [...both, 'x.example'] },
    ]);
    expect(underAliases(MOVING, when('source.trustDomain', ['new.example'])).when[0].values).toEqual(both);
    expect(underAliases(MOVING, when('source.principal', [], ['new.example/ns/a/sa/b'])).when[0].notValues).toHaveLength(2);
  });

  it('says what it says where no other name is meant', () => {
    const own = { trustDomain: 'cluster.local', trustDomainAliases: [] };
    expect(expanded('cluster.local/ns/a/sa/b', own)).toEqual(['cluster.local/ns/a/sa/b']);
    expect(underAliases(MOVING, when('source.namespace', ['new.example'])).when[0].values).toEqual(['new.example']);
    expect(underAliases(MOVING, from({ namespaces: ['new.example'] })).from).toEqual([{ namespaces: ['new.example'] }]);
  });
});

import type { Cluster } from '../../cluster/cluster';
import type { AuthorizationRule, Clause } from '../../cluster/policies/authorization-policies';
import { TRUST_DOMAIN } from '../../istio/defaults';

type Trust = Pick<Cluster, 'trustDomain' | 'trustDomainAliases'>;
type Expand = (values: readonly string[]) => readonly string[];

/** A rule as istiod tells it to sidecars, waypoints and gateways: with the aliases of the trust domain beside it. ztunnel is told what the policy says. */
export function underAliases(trust: Trust, rule: AuthorizationRule): AuthorizationRule {
  if (trust.trustDomain === TRUST_DOMAIN && trust.trustDomainAliases.length === 0) return rule;
  const domains = [trust.trustDomain, ...trust.trustDomainAliases];
  const [principals, names] = [ofPrincipals(domains), ofDomains(domains)];
  const inCondition: Readonly<Record<string, Expand>> = { 'source.principal': principals, 'source.trustDomain': names };
  return {
    ...rule,
    from: rule.from.map((clause) =>
      inClause(clause, { principals, notPrincipals: principals, trustDomains: names, notTrustDomains: names }),
    ),
    when: rule.when.map((condition) => {
      const expand = inCondition[condition.key] ?? unchanged;
      return { ...condition, values: expand(condition.values), notValues: expand(condition.notValues) };
    }),
  };
}

const unchanged: Expand = (values) => values;

function inClause(clause: Clause, expand: Readonly<Record<string, Expand>>): Clause {
  return Object.fromEntries(Object.entries(clause).map(([field, values]) => [field, (expand[field] ?? unchanged)(values)]));
}

const ofDomains =
  (domains: readonly string[]): Expand =>
  (values) => [...new Set(values.flatMap((value) => (domains.includes(value) ? domains : [value])))];

/** Istio's default domain means the mesh's own, whatever that is called. Patterns of domains stay beside those that they do not cover. */
const ofPrincipals =
  (domains: readonly string[]): Expand =>
  (values) =>
    values.flatMap((value) => {
      const [domain, ...rest] = value.split('/');
      const isMeant = rest.length === 4 && domain !== '*' && (domain === TRUST_DOMAIN || domains.some((own) => isSame(own, domain)));
      if (!isMeant) return [value];
      return [...new Set(domains.map((own) => (endsAs(own, domain) ? value : [own, ...rest].join('/'))))];
    });

function isSame(own: string, said: string): boolean {
  return own === said || beginsAs(own, said) || endsAs(own, said);
}

function beginsAs(own: string, said: string): boolean {
  return said.endsWith('*') && own.startsWith(said.slice(0, -1));
}

function endsAs(own: string, said: string): boolean {
  return said.startsWith('*') && own.endsWith(said.slice(1));
}

import type { Cluster } from '../../cluster/cluster';
import { hasLabels } from '../../cluster/objects/selectors';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { SECURITY } from '../../istio/api-groups';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { isAmbient, planeOf } from '../planes';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';

export const withoutAliases = rule({
  code: 'MESH235',
  level: 'warning',
  title: 'policy at ztunnel that names callers under one trust domain of several',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`],
      fields: [
        'spec selector',
        'spec targetRefs',
        ...fieldPaths(['spec rules from source'], ['principals', 'notPrincipals']),
        ...fieldPaths(['spec rules when'], ['key', 'values', 'notValues']),
      ],
      made: false,
    },
  ],

  check(model, report) {
    const { trustDomain, trustDomainAliases = [] } = model;
    if (trustDomainAliases.length === 0) return;
    const cluster = clusterOf(model);
    for (const policy of rawPolicies(model).filter((one) => isAtZtunnel(cluster, one))) {
      const domains = [trustDomain, ...trustDomainAliases];
      const missing = missingIn(policy, domains);
      if (missing.length === 0) continue;
      report({
        on: policy.object,
        message: `${policy.title} is read by ztunnel, which knows no aliases of the trust domain: whom it names under one of ${domains.join(', ')} is somebody else to it under the others, and there ${fateText(policy, missing)}`,
        got: `not named: ${[...new Set(missing.map(({ principal }) => principal))].join(', ')}`,
        fix: 'name each of them under every trust domain as long as there is an alias, or by serviceAccounts, which compare none; constructs do so',
      });
    }
  },
});

interface Missing {
  readonly principal: string;
  /** Among those who are not meant. */
  readonly isException: boolean;
}

function fateText({ action }: AuthorizationPolicy, missing: readonly Missing[]): string {
  const fates = missing.map(({ isException }) => ((action === 'DENY') === isException ? 'is refused' : 'passes'));
  return [...new Set(fates)].sort().join(' or ');
}

/** Some of the pods that it picks by labels have no proxy of their own. */
function isAtZtunnel(cluster: Cluster, { namespaceName, selector, targets }: AuthorizationPolicy): boolean {
  if (targets.length > 0) return false;
  return workloadsOf(cluster).some(
    (pod) =>
      (namespaceName === cluster.rootNamespace || pod.namespaceName === namespaceName) &&
      isAmbient(planeOf(pod.proxy)) &&
      hasLabels(pod.labels, selector),
  );
}

/** What stands in a list under one of the trust domains, and not under another one. */
function missingIn({ rules }: AuthorizationPolicy, domains: readonly string[]): Missing[] {
  const clauses = rules.flatMap(({ from }) => from.map(({ principals = [], notPrincipals = [] }) => [principals, notPrincipals] as const));
  const conditions = rules
    .flatMap(({ when }) => when.filter(({ key }) => key === 'source.principal'))
    .map(({ values, notValues }) => [values, notValues] as const);
  return [...clauses, ...conditions].flatMap(([meant, excepted]) => [
    ...lackedBy(meant, domains).map((principal) => ({ principal, isException: false })),
    ...lackedBy(excepted, domains).map((principal) => ({ principal, isException: true })),
  ]);
}

function lackedBy(said: readonly string[], domains: readonly string[]): string[] {
  return said.flatMap((one) => othersOf(one, domains).filter((other) => !isNamed(other, said)));
}

function othersOf(principal: string, domains: readonly string[]): string[] {
  const own = domains.find((domain) => principal.startsWith(`${domain}/`));
  if (own === undefined) return [];
  return domains.filter((domain) => domain !== own).map((domain) => domain + principal.slice(own.length));
}

/** As it stands there, or by a pattern that begins or ends with `*`. */
function isNamed(principal: string, said: readonly string[]): boolean {
  return said.some(
    (one) =>
      one === principal ||
      (one.endsWith('*') && principal.startsWith(one.slice(0, -1))) ||
      (one.startsWith('*') && principal.endsWith(one.slice(1))),
  );
}

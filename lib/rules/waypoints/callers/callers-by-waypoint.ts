import type { Cluster } from '../../../cluster/cluster';
import { objectsOf } from '../../../cluster/objects/objects-by-kind';
import type { AuthorizationPolicy, Clause } from '../../../cluster/policies/authorization-policies';
import { accountOfPrincipal, principalOf } from '../../../cluster/workloads/identities';
import { proxyInNamespace } from '../../../cluster/workloads/namespaces';
import { workloadsOf, workloadsUnder } from '../../../cluster/workloads/workloads';
import { CORE } from '../../../istio/api-groups';
import { DEFAULT_ACCOUNT } from '../../../istio/defaults';
import { textMatches } from '../../../verdict/decision/text-match';

export interface Caller {
  readonly principal: string;
  readonly address: string;
}

/** Who comes by waypoints: pods of the manifests, and whoever policies name, as their namespace has it. */
export function callersBy(cluster: Cluster, policies: readonly AuthorizationPolicy[]): Caller[] {
  const pods = workloadsOf(cluster).filter(({ proxy, principal }) => proxy.passesWaypoints && principal !== undefined);
  const named = policies.flatMap(({ rules, namespaceName }) =>
    rules.flatMap(({ from }) => from.flatMap((source) => [...accountsIn(cluster, source, namespaceName), ...anyoneIn(cluster, source)])),
  );
  const elsewhere = named
    .map((key) => key.split('/') as [string, string])
    .filter(([namespaceName, name]) => workloadsUnder(cluster, namespaceName, name).length === 0)
    .filter(([namespaceName]) => proxyInNamespace(cluster, namespaceName).passesWaypoints)
    .map(([namespaceName, name]) => ({ principal: principalOf(cluster, namespaceName, name), address: '' }));
  return [...pods.map(({ principal, address }) => ({ principal: principal!, address })), ...elsewhere];
}

function accountsIn(cluster: Cluster, source: Clause, namespaceName: string): string[] {
  const { principals = [], notPrincipals = [], serviceAccounts = [], notServiceAccounts = [] } = source;
  const accounts = [...serviceAccounts, ...notServiceAccounts].map((name) => (name.includes('/') ? name : `${namespaceName}/${name}`));
  return [...[...principals, ...notPrincipals].flatMap((principal) => accountOfPrincipal(cluster, principal) ?? []), ...accounts];
}

/** A namespace stands for its pods, also where these are not here. */
function anyoneIn(cluster: Cluster, { namespaces = [], notNamespaces = [] }: Clause): string[] {
  const patterns = [...namespaces, ...notNamespaces];
  if (patterns.length === 0) return [];
  const named = objectsOf(cluster, CORE, 'Namespace').filter(({ name }) => patterns.some((pattern) => textMatches(pattern, name)));
  return named.map(({ name }) => `${name}/${DEFAULT_ACCOUNT}`);
}

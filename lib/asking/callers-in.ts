import type { Cluster } from '../cluster/cluster';
import { perCluster } from '../cluster/per-cluster';
import { objectsOf } from '../cluster/objects/objects-by-kind';
import { type AuthorizationPolicy, authorizationPolicies } from '../cluster/policies/authorization-policies';
import { gatewaysOf } from '../cluster/workloads/gateways';
import { proxyInNamespace } from '../cluster/workloads/namespaces';
import { workloadsOf } from '../cluster/workloads/workloads';
import { CORE } from '../istio/api-groups';
import { compareText } from '../support/ordering';

/** A namespace that no manifest has. */
export const ELSEWHERE = 'elsewhere';

/**
 * Workloads, gateways, any other pod of each namespace, with its proxy and without one, a pod of a namespace that nobody knows, and pods under accounts that a policy names and no workload has: whoever comes
 * later under such a name is let in. Of namespaces that the manifests do not have, pods in the mesh as well as outside it.
 */
export const callersIn = perCluster((cluster: Cluster): readonly string[] => {
  const workloads = workloadsOf(cluster);
  const doors = gatewaysOf(cluster).filter(({ proxy }) => proxy.isDoor);
  const known = new Set(
    [...workloads, ...gatewaysOf(cluster)].map(({ namespaceName, serviceAccountName }) => `${namespaceName}/${serviceAccountName}`),
  );
  const named = authorizationPolicies(cluster).flatMap(sourcesOf);
  const written = objectsOf(cluster, CORE, 'Namespace').map(({ name }) => name);
  const places = [...workloads.map(({ namespaceName }) => namespaceName), ...written, ...named.flatMap(({ place }) => place ?? [])];
  const accounts = named.flatMap(({ account }) => (account === undefined || known.has(account) ? [] : [account]));
  const meshed = sorted(places).filter((name) => proxyInNamespace(cluster, name).isInMesh);
  // Of namespaces that no manifest has nobody knows whether their pods are in the mesh: they may be.
  const isThere = new Set([
    ...workloads.map(({ namespaceName }) => namespaceName),
    ...written,
    ...Object.keys(cluster.namespacesElsewhere),
  ]);
  const unknown = [...places, ...accounts, ELSEWHERE].filter((name) => !isThere.has(name.split('/')[0]));
  return [
    ...sorted([...workloads, ...doors].map(({ key }) => key)),
    ...sorted([...places, ...accounts, ELSEWHERE]).map((name) => `pod:${name}`),
    ...meshed.map((name) => `plain:${name}`),
    ...(meshed.length === 0 ? [] : sorted(unknown).map((name) => `meshed:${name}`)),
  ];
});

interface Source {
  /** A namespace. */
  readonly place?: string;
  /** `namespace/account`. */
  readonly account?: string;
}

/** Whom a policy names by words that are no patterns. */
function sourcesOf({ rules, namespaceName }: AuthorizationPolicy): Source[] {
  const clauses = rules.flatMap(({ from }) => from);
  const places = clauses.flatMap(({ namespaces = [] }) => namespaces).filter((name) => !name.includes('*'));
  const principals = clauses
    .flatMap((clause) => clause.principals ?? [])
    .map((text) => /\/ns\/([^/*]+)\/(?:sa\/([^/*]+))?/.exec(text) ?? []);
  const accounts = clauses.flatMap(({ serviceAccounts = [] }) => serviceAccounts);
  return [
    ...places.map((place) => ({ place })),
    ...principals.map(([, place, account]) => ({ place, account: account === undefined ? undefined : `${place}/${account}` })),
    ...accounts.map((account) => ({ account: account.includes('/') ? account : `${namespaceName}/${account}` })),
  ];
}

export function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

import type { Cluster } from '../cluster/cluster';
import { perCluster } from '../cluster/per-cluster';
import { objectsOf } from '../cluster/objects/objects-by-kind';
import { type AuthorizationPolicy, authorizationPolicies } from '../cluster/policies/authorization-policies';
import { servicesOf } from '../cluster/services/services';
import { gatewaysOf } from '../cluster/workloads/gateways';
import { workloadsOf } from '../cluster/workloads/workloads';
import { CORE } from '../istio/api-groups';
import { compareText } from '../support/ordering';
import { callersNamed, targetsNamed } from './names';
import { type MeshWay, reachBetween } from './reach';

/** Everybody who may reach a callee by some request. */
export function waysTo(cluster: Cluster, callee: string): MeshWay[] {
  // A name that nobody has is told, also where there is nobody to ask about.
  targetsNamed(cluster, callee);
  return callersIn(cluster).flatMap((caller) => wayBetween(cluster, caller, callee));
}

/** Every Service that a caller may reach by some request. */
export function waysFrom(cluster: Cluster, caller: string): MeshWay[] {
  callersNamed(cluster, caller);
  return servicesIn(cluster).flatMap((callee) => wayBetween(cluster, caller, callee));
}

/** Services that may be called, by the names of questions. */
export function servicesIn(cluster: Cluster): string[] {
  const services = servicesOf(cluster).filter(({ ports }) => ports.some(({ protocol }) => protocol !== 'UDP'));
  return sorted(services.map(({ key }) => key));
}

function wayBetween(cluster: Cluster, caller: string, callee: string): MeshWay[] {
  const { allowed, unknown } = reachBetween(cluster, { caller, callee });
  return allowed.length + unknown.length > 0 ? [{ caller, callee, allowed, unknown }] : [];
}

/**
 * Workloads, gateways, any other pod of each namespace, and pods under accounts that a policy names and no workload has: whoever comes later under such a name is let in.
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
  return [...sorted([...workloads, ...doors].map(({ key }) => key)), ...sorted([...places, ...accounts]).map((name) => `pod:${name}`)];
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

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

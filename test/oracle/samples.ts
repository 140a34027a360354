import type { Cluster } from './cluster';
import { compareText, namespaceOf } from './manifest';
import type { AuthorizationRule } from './policy-specs';
import { hostMatches } from './registry';
import { hasLabels } from './selectors';
import { type MeshService, podsOf } from './services';
import type { Pod } from './workloads';

/** One request line to try. */
export interface Line {
  readonly method: string;
  readonly path: string;
}

const ELSEWHERE = '/elsewhere';

/** Lines that tell the policies of a service apart: every method and path they name, other methods, and a path none names. */
export function linesFor(cluster: Cluster, service: MeshService): Line[] {
  const pods = podsOf(service, cluster.workloads);
  return cross(
    rulesAbout(cluster, service.namespace, pods, (name) => name === service.name).flatMap(({ to }) =>
      (to ?? []).map((one) => one.operation ?? {}),
    ),
  );
}

/** The same for calls to a pod's own address, where the policies of all Services over it are worth trying. */
export function linesForPod(cluster: Cluster, pod: Pod): Line[] {
  const over = cluster.services.filter((service) => podsOf(service, cluster.workloads).includes(pod)).map((service) => service.name);
  const rules = rulesAbout(cluster, pod.namespace, [pod], (name) => over.includes(name));
  return cross(rules.flatMap(({ to }) => (to ?? []).map((one) => one.operation ?? {})));
}

/** Lines that tell the routes of a host outside apart. */
export function linesForRoutes(cluster: Cluster, host: string): Line[] {
  const rules = cluster.httpRoutes
    .filter((route) => (route.spec?.hostnames ?? []).some((one) => hostMatches(one, host)))
    .flatMap((route) => route.spec?.rules ?? []);
  const prefixes = rules.flatMap((rule) => (rule.matches ?? []).map((match) => match.path?.value ?? '/'));
  return cross([{ paths: prefixes.flatMap((prefix) => [prefix, `${prefix.replace(/\/$/, '')}/*`]) }]);
}

function rulesAbout(cluster: Cluster, namespace: string, pods: readonly Pod[], isTarget: (name: string) => boolean): AuthorizationRule[] {
  return cluster.authorizationPolicies
    .filter((policy) => namespaceOf(policy) === namespace)
    .filter(({ spec = {} }) =>
      spec.targetRefs
        ? spec.targetRefs.some((target) => isTarget(target.name))
        : pods.some((pod) => hasLabels(pod.labels, spec.selector?.matchLabels)),
    )
    .flatMap(({ spec }) => spec?.rules ?? []);
}

function cross(operations: readonly { readonly methods?: readonly string[]; readonly paths?: readonly string[] }[]): Line[] {
  const paths = sorted([...operations.flatMap((one) => one.paths ?? []).map(exampleOf), ELSEWHERE]);
  const methods = sorted([...operations.flatMap((one) => one.methods ?? []), 'GET', 'POST'].filter((method) => method !== '*'));
  return paths.flatMap((path) => methods.map((method) => ({ method, path })));
}

/** A path that the pattern covers. */
const exampleOf = (pattern: string): string => pattern.replace(/\{\*\*?\}|\*/g, '1').replace(/^([^/])/, '/$1');

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compareText);

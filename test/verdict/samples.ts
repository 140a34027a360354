import type { Cluster } from '../../lib/cluster/cluster';
import { hasLabels } from '../../lib/cluster/objects/selectors';
import { authorizationPolicies, type Clause } from '../../lib/cluster/policies/authorization-policies';
import { httpRoutes } from '../../lib/cluster/routes/http-routes';
import { podsBehind, servicesOver } from '../../lib/cluster/services/endpoints';
import { hostMatches } from '../../lib/cluster/services/hosts';
import type { MeshService } from '../../lib/cluster/services/services';
import type { Pod } from '../../lib/cluster/workloads/workloads';
import { ELSEWHERE, pathLike } from '../../lib/inquiry/sample-lines';
import { compareText } from '../../lib/support/ordering';

/** One request line to try. */
export interface Line {
  readonly method: string;
  readonly path: string;
}

/** Lines that tell the policies of a service apart: every method and path they name, other methods, and a path none names. */
export function linesFor(cluster: Cluster, service: MeshService): Line[] {
  const pods = podsBehind(cluster, service);
  return cross(operationsAbout(cluster, service.namespaceName, pods, (name) => name === service.name));
}

/** The same for calls to a pod's own address, where the policies of all Services over it are worth trying. */
export function linesForPod(cluster: Cluster, pod: Pod): Line[] {
  const over = servicesOver(cluster, pod).map((service) => service.name);
  return cross(operationsAbout(cluster, pod.namespaceName, [pod], (name) => over.includes(name)));
}

/** Lines that tell the routes of a host outside apart. */
export function linesForRoutes(cluster: Cluster, host: string): Line[] {
  const routes = httpRoutes(cluster).filter(({ hostnames }) => hostnames.some((one) => hostMatches(one, host)));
  const prefixes = routes.flatMap(({ rules }) => rules.flatMap(({ matches }) => matches.map(({ path }) => path.value)));
  return cross([{ paths: prefixes.flatMap((prefix) => [prefix, `${prefix.replace(/\/$/, '')}/*`]) }]);
}

function operationsAbout(cluster: Cluster, namespaceName: string, pods: readonly Pod[], isTarget: (name: string) => boolean): Clause[] {
  return authorizationPolicies(cluster)
    .filter((policy) => policy.namespaceName === namespaceName)
    .filter(({ targets, selector }) =>
      targets.length > 0 ? targets.some(({ name }) => isTarget(name)) : pods.some(({ labels }) => hasLabels(labels, selector)),
    )
    .flatMap(({ rules }) => rules.flatMap(({ to }) => to));
}

function cross(operations: readonly Clause[]): Line[] {
  const paths = sorted([...operations.flatMap((one) => one.paths ?? []).map(pathLike), ELSEWHERE]);
  const methods = sorted([...operations.flatMap((one) => one.methods ?? []), 'GET', 'POST'].filter((method) => method !== '*'));
  return paths.flatMap((path) => methods.map((method) => ({ method, path })));
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compareText);

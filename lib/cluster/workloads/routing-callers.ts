import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { gatewaysOf } from './gateways';
import { workloadsOf } from './workloads';

/** Namespaces of pods whose own proxy follows routes and traffic policies when they call: those with sidecars, and gateways. */
export const namespacesOfRoutingCallers = perCluster((cluster: Cluster): ReadonlySet<string> => {
  const callers = [
    ...workloadsOf(cluster).filter(({ proxy }) => proxy.routesForPods),
    ...gatewaysOf(cluster).filter(({ proxy }) => proxy.isDoor),
  ];
  return new Set(callers.map(({ namespaceName }) => namespaceName));
});

/** Somebody is there whose own proxy follows routes. */
export function hasRoutingCallers(cluster: Cluster): boolean {
  return namespacesOfRoutingCallers(cluster).size > 0;
}

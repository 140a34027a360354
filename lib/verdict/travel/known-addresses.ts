import type { Cluster } from '../../cluster/cluster';
import { perCluster } from '../../cluster/per-cluster';
import { servicesOver } from '../../cluster/services/endpoints';
import { speechOf } from '../../cluster/services/protocols';
import { isVisible, serviceOf } from '../../cluster/services/registry';
import { isHeadless, type MeshService, portOf, servicesOf } from '../../cluster/services/services';
import type { Pod } from '../../cluster/workloads/workloads';
import { textsOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import type { Speaker } from '../requests/callers';
import { scopeOf } from '../requests/scope';

/** The headless Service by which a sidecar knows the address of another pod, on a port that is not named HTTP: that it routes by names. */
export function knownBy(cluster: Cluster, caller: Speaker, pod: Pod, number: number): MeshService | undefined {
  if (!caller.proxy.routesForPods || caller.key === pod.key) return undefined;
  const scope = scopeOf(cluster, caller);
  return servicesOver(cluster, pod)
    .filter((service) => isHeadless(service) && hasOther(service, number))
    .find(({ namespaceName, hosts }) => scope.sees(namespaceName, hosts[0], number));
}

function hasOther(service: MeshService, number: number): boolean {
  const port = portOf(service, number);
  return port !== undefined && speechOf(port) !== 'http';
}

/** The ServiceEntries that take whatever goes to a port: they say bytes and no address, and a sidecar is told of nothing else there. */
export function portTakers(cluster: Cluster, caller: Speaker, number: number): MeshService[] {
  const scope = scopeOf(cluster, caller);
  const looking = { home: caller.namespaceName, viewer: caller.namespaceName };
  // Another one at home for the same host stands in its place.
  const isTold = (service: MeshService) =>
    service.namespaceName === caller.namespaceName || serviceOf(cluster, service.hosts[0], looking)?.namespaceName !== caller.namespaceName;
  return bluntEntries(cluster, number).filter(
    (service) => isVisible(service, caller.namespaceName) && scope.sees(service.namespaceName, service.hosts[0], number) && isTold(service),
  );
}

/** Some sidecar may be told of one. */
export function hasPortTakers(cluster: Cluster, number: number): boolean {
  return bluntEntries(cluster, number).length > 0;
}

const entries = perCluster((cluster: Cluster) =>
  servicesOf(cluster).filter(({ kind, object }) => kind === 'ServiceEntry' && textsOf(specOf(object).addresses).length === 0),
);

function bluntEntries(cluster: Cluster, number: number): MeshService[] {
  return entries(cluster).filter((service) => portOf(service, number)?.protocol.toUpperCase() === 'TCP');
}

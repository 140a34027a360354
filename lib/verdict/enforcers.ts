import type { Cluster } from '../cluster/cluster';
import { allBehind } from '../cluster/services/endpoints';
import type { MeshService } from '../cluster/services/services';
import { waypointShares } from '../cluster/services/waypoint-canaries';
import { waypointOfPod } from '../cluster/services/waypoints';
import type { GatewayProxy } from '../cluster/workloads/gateways';
import type { Pod } from '../cluster/workloads/workloads';
import type { Enforcer } from './decision/enforcer';
import { asPicked } from './requests/callers';

/** Who decides about what comes to a pod by its own address: a waypoint that is for pods, then who speaks for the pod. */
export function enforcersOfPod(cluster: Cluster, pod: Pod): readonly Enforcer[] {
  return [...atWaypoint(waypointOfPod(cluster, pod)), ...atPods(cluster, [pod])];
}

/** Who decides about what comes to a service: its waypoint, if the caller's proxy passes waypoints, then who speaks for each of its workloads. */
export function enforcersOfService(cluster: Cluster, service: MeshService): readonly Enforcer[] {
  const waypoints = waypointShares(cluster, service).flatMap(({ waypoint }) => atWaypoint(waypoint, service));
  return [...waypoints, ...atPods(cluster, allBehind(cluster, service))];
}

function atWaypoint(waypoint: GatewayProxy | undefined, service?: MeshService): Enforcer[] {
  return waypoint ? [{ pod: waypoint, service }] : [];
}

function atPods(cluster: Cluster, pods: readonly Pod[]): Enforcer[] {
  const picked = pods.map((pod) => asPicked(cluster, pod));
  return picked.filter(({ proxy }) => proxy.isInMesh).map((pod) => ({ pod }));
}

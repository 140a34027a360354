import type { Cluster } from '../../cluster/cluster';
import { waypointOfPod } from '../../cluster/services/waypoints';
import { titleOf } from '../../cluster/objects/manifest-object';
import type { GatewayProxy } from '../../cluster/workloads/gateways';
import type { Pod, Workload } from '../../cluster/workloads/workloads';
import type { Speaker } from '../requests/callers';
import { hopToPod, hopToWaypoint } from './hop';
import type { Trip } from './plan';

/** The way to a pod through the waypoint that is for pods. */
export interface PodWaypointWay {
  readonly waypoint: GatewayProxy;
  readonly end: Pick<Trip, 'hops' | 'refusal'>;
}

/** Whoever dials a pod's own address passes its waypoint, if it has one for pods and the caller's proxy passes waypoints. */
export function throughPodWaypoint(
  cluster: Cluster,
  caller: Speaker,
  pod: Pod & Pick<Workload, 'object'>,
  port: number,
): PodWaypointWay | undefined {
  const waypoint = caller.proxy.passesWaypoints ? waypointOfPod(cluster, pod) : undefined;
  if (!waypoint) return undefined;
  const first = hopToWaypoint(caller, waypoint, undefined, port, true);
  // It tunnels to whoever is asked for, and a pod outside the mesh ends no tunnel.
  if (!pod.proxy.isInMesh) return { waypoint, end: { hops: [first], refusal: atMutualTls(pod) } };
  return { waypoint, end: { hops: [first, hopToPod(cluster, waypoint, pod, port)] } };
}

/** Nobody there takes what the mesh speaks. */
export function atMutualTls({ object }: Pick<Workload, 'object'>): NonNullable<Trip['refusal']> {
  return { layer: 'mtls', by: titleOf(object), object };
}

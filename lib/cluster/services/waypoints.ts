import { INGRESS_USE_WAYPOINT, USE_WAYPOINT, USE_WAYPOINT_NAMESPACE } from '../../istio/labels';
import type { Cluster } from '../cluster';
import type { Labels } from '../objects/fields';
import { admits, type GatewayProxy, isOfAnotherController, tryGateway } from '../workloads/gateways';
import { labelsOfNamespace } from '../workloads/namespaces';
import type { Pod } from '../workloads/workloads';
import type { MeshService } from './services';

/**
 * The waypoint in front of a service: its own label, else its namespace's; `none` opts out, a headless one never has any, and a
 * label that names a waypoint which is not there protects nothing.
 */
export function waypointOf(cluster: Cluster, service: MeshService): GatewayProxy | undefined {
  return service.hasAddress ? namedWaypoint(cluster, service, ['service', 'all']) : undefined;
}

/** The waypoint that calls to a pod's own address pass: only one that is for workloads. */
export function waypointOfPod(cluster: Cluster, pod: Pod): GatewayProxy | undefined {
  return namedWaypoint(cluster, pod, ['workload', 'all']);
}

/** The name of the waypoint that a service says, whether or not somebody here makes it. */
export function waypointNameOf(cluster: Cluster, service: MeshService): string | undefined {
  return service.hasAddress ? saidWaypoint(cluster, service)?.name : undefined;
}

/** Somebody has said by a label which waypoint the service has, or that it has none. */
export function saysWaypoint(cluster: Cluster, { labels, namespaceName }: MeshService): boolean {
  return USE_WAYPOINT in labels || USE_WAYPOINT in labelsOfNamespace(cluster, namespaceName);
}

/** Its waypoint is there, and is of another controller than istiod. */
export function hasForeignWaypoint(cluster: Cluster, service: MeshService): boolean {
  const said = saidWaypoint(cluster, service);
  return said !== undefined && !tryGateway(cluster, said.key) && isOfAnotherController(cluster, said.key);
}

interface Labelled {
  readonly labels: Labels;
  readonly namespaceName: string;
}

/** Its own label goes before its namespace's. */
function saidWaypoint(cluster: Cluster, { labels: own, namespaceName }: Labelled): { name: string; key: string } | undefined {
  const labels = USE_WAYPOINT in own ? own : labelsOfNamespace(cluster, namespaceName);
  const name = labels[USE_WAYPOINT];
  if (name === undefined || name === 'none') return undefined;
  return { name, key: `${labels[USE_WAYPOINT_NAMESPACE] ?? namespaceName}/${name}` };
}

function namedWaypoint(cluster: Cluster, labelled: Labelled, types: readonly string[]): GatewayProxy | undefined {
  const said = saidWaypoint(cluster, labelled);
  const waypoint = said && tryGateway(cluster, said.key);
  return waypoint && isWaypointFor(cluster, waypoint, labelled, types) ? waypoint : undefined;
}

/** It is a waypoint, of one of these types, and takes what is in a namespace. */
export function isWaypointFor(
  cluster: Cluster,
  waypoint: GatewayProxy,
  { namespaceName }: Pick<Labelled, 'namespaceName'>,
  types: readonly string[],
): boolean {
  if (waypoint.waypointFor === undefined || !types.includes(waypoint.waypointFor)) return false;
  const listener = waypoint.listeners.find((one) => one.protocol === 'HBONE');
  return admits(waypoint, listener, namespaceName, labelsOfNamespace(cluster, namespaceName));
}

/** Whether a gateway sends what it lets in through the service's waypoint instead of to the pods. */
export function ingressUsesWaypoint(cluster: Cluster, { labels, namespaceName }: MeshService): boolean {
  return (labels[INGRESS_USE_WAYPOINT] ?? labelsOfNamespace(cluster, namespaceName)[INGRESS_USE_WAYPOINT]) === 'true';
}

import { type Cluster, labelsOfNamespace } from './cluster';
import { type GatewayProxy, admits } from './gateways';
import type { Labels } from './manifest';
import type { MeshService } from './services';
import type { Pod } from './workloads';

/** The service of a host as everyone sees it, or as sidecars of one namespace do. */
export function serviceOf(cluster: Cluster, host: string, viewer?: string): MeshService | undefined {
  const visible = cluster.services.filter((service) => isVisible(service, viewer));
  return (
    visible.find((service) => service.hosts.includes(host)) ??
    visible.find((service) => service.hosts.some((known) => hostMatches(known, host)))
  );
}

const isVisible = (service: MeshService, viewer: string | undefined): boolean =>
  viewer === undefined ||
  service.exportTo.some((namespace) => namespace === '*' || namespace === viewer || (namespace === '.' && service.namespace === viewer));

/** A host, or a wildcard such as `*.example.com` that covers it. */
export function hostMatches(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*')) return pattern === host;
  return pattern === '*' || host.endsWith(pattern.slice(1));
}

/** Hosts without a dot mean a Service of the object's own namespace. */
export const fullHost = (cluster: Cluster, host: string, namespace: string): string =>
  host.includes('.') || host === '*' ? host : `${host}.${namespace}.svc.${cluster.clusterDomain}`;

/**
 * The waypoint in front of a service: its own label, else its namespace's; `none` opts out, a headless one never has any, and a
 * label that names a waypoint which is not there protects nothing.
 */
export function waypointOf(cluster: Cluster, service: MeshService): GatewayProxy | undefined {
  if (!service.hasAddress) return undefined;
  return namedWaypoint(cluster, service.labels, service.namespace, ['service', 'all']);
}

/** The waypoint that calls to a pod's own address pass: only one that is for workloads. */
export const waypointOfPod = (cluster: Cluster, pod: Pod): GatewayProxy | undefined =>
  namedWaypoint(cluster, pod.labels, pod.namespace, ['workload', 'all']);

function namedWaypoint(cluster: Cluster, own: Labels, namespace: string, types: readonly string[]): GatewayProxy | undefined {
  const namespaceLabels = labelsOfNamespace(cluster, namespace);
  const labels = 'istio.io/use-waypoint' in own ? own : namespaceLabels;
  const name = labels['istio.io/use-waypoint'];
  if (name === undefined || name === 'none') return undefined;
  const key = `${labels['istio.io/use-waypoint-namespace'] ?? namespace}/${name}`;
  const waypoint = cluster.gateways.find((gateway) => gateway.proxy === 'waypoint' && gateway.key === key);
  if (!waypoint || !types.includes(waypoint.trafficType)) return undefined;
  const listener = waypoint.listeners.find((one) => one.protocol === 'HBONE');
  return admits(waypoint, listener, namespace, namespaceLabels) ? waypoint : undefined;
}

/** Whether a gateway sends what it lets in through the service's waypoint instead of to the pods. */
export function ingressUsesWaypoint(cluster: Cluster, service: MeshService): boolean {
  const label = 'istio.io/ingress-use-waypoint';
  return (service.labels[label] ?? labelsOfNamespace(cluster, service.namespace)[label]) === 'true';
}

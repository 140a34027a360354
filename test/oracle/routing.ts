import type { Speaker } from './callers';
import type { Cluster } from './cluster';
import { hopOutside, hopToPod } from './hop';
import type { Hop } from './hop';
import { serviceRouteRules } from './http-route-rules';
import { PUBLIC_ADDRESS } from './addresses';
import { namespaceOf } from './manifest';
import type { Leg, Trip } from './plan';
import { legOf } from './plan';
import type { RequestLine } from './request';
import { DEFAULT_RETRIES, type Destination, type RouteRule, straightTo } from './route-table';
import { scopeOf } from './scope';
import { hasLabels } from './selectors';
import { type MeshService, podPort, podsOf, portOf } from './services';
import { MESH, isNearWaypoint, virtualServiceRules } from './virtual-service-routes';

/** The table that a sidecar or a waypoint has for a service; empty where nobody said anything, and always for bytes. */
export function meshRules(cluster: Cluster, proxy: Speaker, service: MeshService, port: number): RouteRule[] {
  if (!portOf(service, port)?.isHttp) return [];
  const isWaypoint = proxy.proxy === 'waypoint';
  const scope = scopeOf(cluster, proxy);
  const [host] = service.hosts;
  const virtual = virtualServiceRules(cluster, host, { proxy, gateway: MESH, port }, (one) =>
    isWaypoint ? isNearWaypoint(one, service, proxy) : scope.sees(namespaceOf(one), host, port),
  );
  const routes = serviceRouteRules(cluster, service, port, isWaypoint ? undefined : proxy.namespace);
  if (virtual.length > 0 && routes.length > 0) throw new Error(`${host} has two owners: ${virtual[0].by} and ${routes[0].by}`);
  return [...virtual, ...routes];
}

export interface Routed {
  readonly leg: Leg;
  readonly destinations: readonly Destination[];
}

/** Takes the first rule that matches; undefined where there is a table and nothing in it does. */
export function routed(at: string, rules: readonly RouteRule[], line: RequestLine, service: MeshService, port: number): Routed | undefined {
  if (rules.length === 0) {
    const retries = portOf(service, port)?.isHttp ? DEFAULT_RETRIES : undefined;
    return { leg: { at, retries }, destinations: [straightTo(service, port)] };
  }
  const rule = rules.find((one) => one.matches(line));
  return rule && { leg: legOf(at, rule), destinations: rule.destinations };
}

/** Each destination with its share of the whole; weights count against each other, whatever they sum to. */
export function shares(destinations: readonly Destination[]): { readonly destination: Destination; readonly share: number }[] {
  const total = destinations.reduce((sum, { weight }) => sum + weight, 0);
  return destinations.map((destination) => ({ destination, share: total === 0 ? 0 : destination.weight / total }));
}

interface Departure {
  readonly source: Speaker;
  /** What lies behind already. */
  readonly hops: readonly Hop[];
  readonly isPlaintext?: boolean;
}

/** The trips from a proxy to all pods of a destination, as many requests to each as it has replicas. */
export function tripsTo(cluster: Cluster, { source, hops, isPlaintext }: Departure, destination: Destination, share: number): Trip[] {
  const { service, host, subset, port, labels } = destination;
  if (!service) return [{ hops, host, subset, share, refusal: { layer: 'routing', by: `missing ${host}` } }];
  const nowhere = { hops, host, subset, share, refusal: { layer: 'routing', by: `${service.kind} ${service.key}` } } as const;
  const servicePort = portOf(service, port);
  if (!servicePort) return [nowhere];
  if (service.kind === 'ServiceEntry') {
    const outside = hopOutside(source, { labels: {}, address: PUBLIC_ADDRESS }, Number(servicePort.target));
    return [{ hops: [...hops, outside], host, subset, share }];
  }
  const pods = podsOf(service, cluster.workloads).filter((pod) => hasLabels(pod.labels, labels));
  const replicas = pods.reduce((sum, pod) => sum + pod.replicas, 0);
  if (replicas === 0) return [nowhere];
  return pods.map((pod) => {
    const number = podPort(servicePort, pod);
    const part = { host, subset, workload: pod.key, share: (share * pod.replicas) / replicas };
    if (number === undefined) return { ...part, hops, refusal: nowhere.refusal };
    return { ...part, hops: [...hops, hopToPod(cluster, source, pod, number, { isPlaintext })] };
  });
}

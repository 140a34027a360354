import { PUBLIC_ADDRESS } from './addresses';
import { type Speaker, speakerOf, workloadNamed } from './callers';
import type { Cluster } from './cluster';
import { enterGateway } from './gateway-travel';
import { hopOutside, hopToPod, hopToWaypoint } from './hop';
import { type Plan, refused } from './plan';
import { serviceOf, waypointOf, waypointOfPod } from './registry';
import { type HostTarget, type Request, lineOf } from './request';
import { straightTo } from './route-table';
import { meshRules, routed, shares, tripsTo } from './routing';
import { scopeOf } from './scope';
import type { MeshService } from './services';
import { throughWaypoint } from './waypoint-travel';

/** Every way that a request can take through the cluster, before anybody is asked whether it may. */
export function travel(cluster: Cluster, request: Request): Plan {
  const caller = speakerOf(cluster, request.from);
  const { to } = request;
  if (caller.proxy === 'gateway') {
    return 'host' in to ? enterGateway(cluster, request, caller, to) : refused('an address', 'routing', `Gateway ${caller.key}`);
  }
  if ('podOf' in to) return toPod(cluster, caller, to.podOf, to.port);
  if ('address' in to) return unlessDropped(cluster, caller, to.address, () => outside(caller, to.address, to.port, to.address));
  const service = serviceOf(cluster, to.host, caller.proxy === 'sidecar' ? caller.namespace : undefined);
  return service ? toService(cluster, request, caller, service, to) : toStranger(cluster, caller, to);
}

/** A sidecar routes by itself and never passes a waypoint; ztunnel passes the service's waypoint, and routes nothing. */
function toService(cluster: Cluster, request: Request, caller: Speaker, service: MeshService, { host, port }: HostTarget): Plan {
  const waypoint = caller.proxy === 'ztunnel' ? waypointOf(cluster, service) : undefined;
  if (waypoint) return throughWaypoint(cluster, request, waypoint, service, port, { source: caller, hops: [] });
  const straight = straightTo(service, port);
  if (caller.proxy !== 'sidecar') return { legs: [], trips: tripsTo(cluster, { source: caller, hops: [] }, straight, 1) };

  const at = `sidecar ${caller.key}`;
  if (!scopeOf(cluster, caller).sees(service.namespace, host, port)) {
    const passedOn = () => ({ legs: [], trips: tripsTo(cluster, { source: caller, hops: [], isPlaintext: true }, straight, 1) });
    return unlessDropped(cluster, caller, host, passedOn);
  }
  const rules = meshRules(cluster, caller, service, port);
  const route = routed(at, rules, lineOf(request), service, port);
  if (!route || route.destinations.length === 0) return refused(host, 'routing', rules[0].by);
  const trips = shares(route.destinations).flatMap(({ destination, share }) =>
    tripsTo(cluster, { source: caller, hops: [] }, destination, share),
  );
  return { legs: [route.leg], trips };
}

/** A pod's own address: ztunnel still tunnels to it, through a waypoint only if that one is for workloads; a sidecar passes bytes on. */
function toPod(cluster: Cluster, caller: Speaker, key: string, port: number): Plan {
  const pod = workloadNamed(cluster, key);
  const trip = { host: pod.address, workload: key, share: 1 };
  const waypoint = caller.proxy === 'ztunnel' ? waypointOfPod(cluster, pod) : undefined;
  if (waypoint) {
    const hops = [hopToWaypoint(caller, waypoint, undefined, port, true), hopToPod(cluster, waypoint, pod, port)];
    return { legs: [{ at: `waypoint ${waypoint.key}` }], trips: [{ ...trip, hops }] };
  }
  return unlessDropped(cluster, caller, pod.address, () => ({
    legs: [],
    trips: [{ ...trip, hops: [hopToPod(cluster, caller, pod, port, { isPlaintext: caller.proxy === 'sidecar' })] }],
  }));
}

/**
 * A host that no manifest describes: a Service outside the mesh, taken to have one pod without labels, or anything on the internet.
 * A sidecar that was told of the first knows it; the second is unknown to every registry.
 */
function toStranger(cluster: Cluster, caller: Speaker, { host, port }: HostTarget): Plan {
  const suffix = `.svc.${cluster.clusterDomain}`;
  if (!host.endsWith(suffix)) return unlessDropped(cluster, caller, host, () => outside(caller, host, port, PUBLIC_ADDRESS));
  const namespace = host.slice(0, -suffix.length).split('.')[1];
  const pod = { namespace, labels: {}, address: '10.246.0.2' };
  const plan = { legs: [], trips: [{ hops: [hopOutside(caller, pod, port)], host, share: 1 }] };
  const isKnown = caller.proxy === 'sidecar' && scopeOf(cluster, caller).sees(namespace, host, port);
  return isKnown ? plan : unlessDropped(cluster, caller, host, () => plan);
}

const outside = (caller: Speaker, host: string, port: number, address: string): Plan => ({
  legs: [],
  trips: [{ hops: [hopOutside(caller, { labels: {}, address }, port)], host, share: 1 }],
});

/** What a sidecar does not know it drops under REGISTRY_ONLY; ztunnel and pods without a proxy know no such thing. */
function unlessDropped(cluster: Cluster, caller: Speaker, host: string, plan: () => Plan): Plan {
  if (caller.proxy !== 'sidecar') return plan();
  const scope = scopeOf(cluster, caller);
  return scope.by && scope.dropsUnknown ? refused(host, 'scope', scope.by) : plan();
}

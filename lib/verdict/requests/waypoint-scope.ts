import type { Cluster } from '../../cluster/cluster';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import { backendsOf, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { MESH } from '../../cluster/routes/gateway-keys';
import { destinationsOf, virtualServices } from '../../cluster/routes/virtual-services';
import { perCluster } from '../../cluster/per-cluster';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { waypointShares } from '../../cluster/services/waypoint-canaries';
import type { Pod } from '../../cluster/workloads/workloads';

/**
 * Whether a waypoint can send anything to a service: to those that it stands before, and to those that routes name for one of these by its own name.
 * A VirtualService for a wildcard tells it of nobody, though it follows one.
 */
export function isToldOf(cluster: Cluster, waypoint: Pod, service: MeshService): boolean {
  const { own, others } = toldTo(cluster)(waypoint.key);
  return service.hosts.some((host) => own.has(host) || others.has(host)) || others.has(`${service.kind} ${service.key}`);
}

interface Told {
  /** Hosts that it stands before. */
  readonly own: ReadonlySet<string>;
  /** What routes for those lead to: hosts, and `Service namespace/name`. */
  readonly others: ReadonlySet<string>;
}

const toldTo = perCluster((cluster: Cluster) => {
  const known = new Map<string, Told>();
  return (waypoint: string): Told => {
    const told = known.get(waypoint) ?? whatIsTold(cluster, waypoint);
    known.set(waypoint, told);
    return told;
  };
});

function whatIsTold(cluster: Cluster, waypoint: string): Told {
  const behind = servicesOf(cluster).filter((service) => waypointShares(cluster, service).some((one) => one.waypoint.key === waypoint));
  const own = new Set(behind.flatMap(({ hosts }) => hosts));
  const keys = new Set(behind.map(({ kind, key }) => `${kind} ${key}`));
  const virtual = virtualServices(cluster).filter(({ gateways, hosts }) => gateways.includes(MESH) && hosts.some((host) => own.has(host)));
  const attached = gatewayApiRoutes(cluster).filter(({ parents }) => parents.some(({ kind, key }) => keys.has(`${kind} ${key}`)));
  return {
    own,
    others: new Set([
      ...virtual
        .flatMap((one) => [...destinationsOf(cluster, one), ...followedRoutes(cluster, one).flatMap(({ destinations }) => destinations)])
        .map(({ host }) => host),
      ...attached.flatMap((one) => backendsOf(one)).map(({ kind, key }) => `${kind} ${key}`),
    ]),
  };
}

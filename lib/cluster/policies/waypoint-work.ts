import { CORE, EXTENSIONS, GATEWAY_API, NETWORKING, SECURITY, TELEMETRY } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { isEmpty } from '../objects/fields';
import { objectsOf } from '../objects/objects-by-kind';
import { perCluster } from '../per-cluster';
import { destinationRules } from '../routes/destination-rules';
import { gatewayApiRoutes } from '../routes/gateway-api-routes';
import { MESH } from '../routes/gateway-keys';
import { shapesTraffic } from '../routes/traffic-policies';
import { virtualServices } from '../routes/virtual-services';
import { hostMatches } from '../services/hosts';
import { type MeshService, servicesIn, tryService } from '../services/services';
import { readAttached, type Target } from './attachments';

/** What an object says of requests to some services. ztunnel reads none of it. */
export interface WaypointWork {
  readonly object: ManifestObject;
  readonly title: string;
  readonly namespaceName: string;
  /** Services and ServiceEntries of its own namespace that it names: a waypoint reads nothing from elsewhere. */
  readonly services: readonly Named[];
  /** The same by their hosts, in full. */
  readonly hosts: readonly string[];
  /** Gateways of its own namespace that it is attached to. */
  readonly gateways: readonly string[];
  /** The proxies of callers read it as well. */
  readonly isForCallers: boolean;
}

interface Named {
  readonly kind: MeshService['kind'];
  readonly name: string;
}

const NOBODY = { services: [], hosts: [], gateways: [] };
const ATTACHED = [
  [SECURITY, 'AuthorizationPolicy'],
  [SECURITY, 'RequestAuthentication'],
  [EXTENSIONS, 'TrafficExtension'],
  [EXTENSIONS, 'WasmPlugin'],
  [TELEMETRY, 'Telemetry'],
] as const;

/** All that is for waypoints in a set of manifests, and for the callers' own proxies where they have any. */
export const waypointWork = perCluster((cluster: Cluster): readonly WaypointWork[] =>
  [...attachedWork(cluster), ...routeWork(cluster), ...hostWork(cluster)].filter(
    ({ services, hosts, gateways }) => services.length + hosts.length + gateways.length > 0,
  ),
);

function attachedWork(cluster: Cluster): WaypointWork[] {
  const policies = ATTACHED.flatMap(([group, kind]) => objectsOf(cluster, group, kind)).map(readAttached);
  return policies.map(({ object, title, namespaceName, targets }) => ({
    object,
    title,
    namespaceName,
    ...NOBODY,
    services: namedIn(targets),
    gateways: targets.filter(({ group, kind }) => group === GATEWAY_API && kind === 'Gateway').map(({ name }) => name),
    isForCallers: false,
  }));
}

function routeWork(cluster: Cluster): WaypointWork[] {
  return gatewayApiRoutes(cluster).map(({ object, title, namespaceName, parents }) => {
    const own = parents.filter(({ key }) => key.startsWith(`${namespaceName}/`));
    const targets = own.map(({ group, kind, key }) => ({ group, kind, name: key.slice(namespaceName.length + 1) }));
    return { object, title, namespaceName, ...NOBODY, services: namedIn(targets), isForCallers: true };
  });
}

function namedIn(targets: readonly Target[]): Named[] {
  return targets.flatMap(({ group, kind, name }): Named[] => {
    if (group === CORE && kind === 'Service') return [{ kind, name }];
    return group === NETWORKING && kind === 'ServiceEntry' ? [{ kind, name }] : [];
  });
}

function hostWork(cluster: Cluster): WaypointWork[] {
  const routes = virtualServices(cluster).filter(({ gateways }) => gateways.includes(MESH));
  // One that is for some clients is for pods that have proxies.
  const rules = destinationRules(cluster).filter((one) => isEmpty(one.selector) && shapesTraffic(one));
  const said = [...routes, ...rules.map((one) => ({ ...one, hosts: [one.host] }))];
  return said.map(({ object, title, namespaceName, hosts }) => ({
    object,
    title,
    namespaceName,
    ...NOBODY,
    hosts,
    isForCallers: true,
  }));
}

/** Those of the services that are there. */
export function servicesOfWork(cluster: Cluster, { namespaceName, services, hosts }: WaypointWork): readonly MeshService[] {
  const named = services.flatMap(({ kind, name }) => tryService(cluster, kind, `${namespaceName}/${name}`) ?? []);
  if (hosts.length === 0) return named;
  const isMeant = (service: MeshService): boolean => service.hosts.some((host) => hosts.some((one) => hostMatches(one, host)));
  return [...named, ...servicesIn(cluster, namespaceName).filter(isMeant)];
}

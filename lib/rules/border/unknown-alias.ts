import { CORE, NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { backendsOf, gatewayApiRoutes, type RouteReference } from '../../cluster/routes/gateway-api-routes';
import { MESH } from '../../cluster/routes/gateway-keys';
import { destinationsOf, virtualServices } from '../../cluster/routes/virtual-services';
import { serviceNameOf } from '../../cluster/services/hosts';
import { serviceOf, tryServiceOf } from '../../cluster/services/registry';
import { type MeshService, servicesOf, tryService } from '../../cluster/services/services';
import { waypointOf } from '../../cluster/services/waypoints';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { holdsDeferred } from '../../support/deferred';
import { clusterOf } from '../cluster-of';
import { DESTINATIONS, fieldPaths, ROUTE_REFERENCES, ROUTES } from '../comparison';
import { isRaw } from '../owners';
import { ownedNamespaces } from '../planes';
import { rule } from '../rule';

export const unknownAlias = rule({
  code: 'MESH434',
  level: 'error',
  title: 'route to an ExternalName Service to which a proxy has no way',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(DESTINATIONS, ['host']), made: false },
    { kinds: ROUTES, fields: ROUTE_REFERENCES, made: false },
    { kinds: [`${CORE}/Service`], fields: ['spec externalName'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const { object, title, alias, isAtWaypoint } of routedAliases(cluster)) {
      const host = alias.externalName!;
      if (!isAtWaypoint && (serviceOf(cluster, host) || mayBeKnown(model, cluster, host))) continue;
      const why = isAtWaypoint ? 'a waypoint knows no such Services' : 'a proxy has no way to a host that no ServiceEntry makes known';
      report({
        on: object,
        message: `${title} sends requests to Service ${alias.key}, which is another name for ${host}: ${why}, and answers by itself`,
        got: `type: ExternalName, externalName: ${host}`,
        fix: `declare an ExternalService for ${host}, or a ServiceEntry, and name that host in the route`,
        yamlFix: `add a ServiceEntry for ${host}, and name that host in the route`,
      });
    }
  },
});

interface Routed {
  readonly object: ManifestObject;
  readonly title: string;
  readonly alias: MeshService;
  /** A waypoint follows the route. */
  readonly isAtWaypoint: boolean;
}

function routedAliases(cluster: Cluster): Routed[] {
  const virtual = virtualServices(cluster)
    .filter(isRaw)
    .flatMap((one) => {
      const { object, title, hosts, gateways } = one;
      const parents = gateways.includes(MESH) ? hosts.map((host) => tryServiceOf(cluster, host)) : [];
      const targets = destinationsOf(cluster, one).map(({ host }) => tryServiceOf(cluster, host));
      return aliasesAmong(targets).map((alias) => ({ object, title, alias, isAtWaypoint: hasWaypoint(cluster, parents) }));
    });
  const routes = gatewayApiRoutes(cluster)
    .filter(isRaw)
    .flatMap((one) => {
      const [parents, targets] = [one.parents, backendsOf(one)].map((refs) => servicesAmong(cluster, refs));
      return aliasesAmong(targets).map((alias) => ({ ...one, alias, isAtWaypoint: hasWaypoint(cluster, parents) }));
    });
  return [...virtual, ...routes];
}

function servicesAmong(cluster: Cluster, refs: readonly RouteReference[]): Array<MeshService | undefined> {
  return refs.filter(({ group, kind }) => group === CORE && kind === 'Service').map(({ key }) => tryService(cluster, 'Service', key));
}

function aliasesAmong(services: ReadonlyArray<MeshService | undefined>): MeshService[] {
  return [...new Set(services.flatMap((one) => (one?.externalName === undefined ? [] : [one])))];
}

function hasWaypoint(cluster: Cluster, services: ReadonlyArray<MeshService | undefined>): boolean {
  return services.some((one) => one && waypointOf(cluster, one) !== undefined);
}

// Of a namespace that another program makes, nobody here knows the Services; and a ServiceEntry may be for any host, as long as its own is known only later.
function mayBeKnown(model: MeshModel, cluster: Cluster, host: string): boolean {
  if (servicesOf(cluster).some(({ hosts }) => hosts.some(holdsDeferred))) return true;
  const name = serviceNameOf(cluster, host);
  return name !== undefined && !ownedNamespaces(model).has(name.namespaceName);
}

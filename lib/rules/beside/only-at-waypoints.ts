import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import type { Cluster } from '../../cluster/cluster';
import { isEmpty, type Labels, listOf } from '../../cluster/objects/fields';
import { groupOf, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { authorizationIndex } from '../../cluster/policies/authorization-policies';
import { servicesOfWork, type WaypointWork, waypointWork } from '../../cluster/policies/waypoint-work';
import { podsBehind } from '../../cluster/services/endpoints';
import type { MeshService } from '../../cluster/services/services';
import { waypointNameOf } from '../../cluster/services/waypoints';
import { gatewaysOf } from '../../cluster/workloads/gateways';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import { hasRoutingCallers } from '../../cluster/workloads/routing-callers';
import { workloadsOf } from '../../cluster/workloads/workloads';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME, ROUTES } from '../comparison';
import { isRaw } from '../owners';
import { hasSidecars, isAmbient, planeOf } from '../planes';
import { rule } from '../rule';
import { isToldByNamespace } from '../told-needs';

export const onlyAtWaypoints = rule({
  code: 'MESH217',
  level: 'error',
  title: 'object that only a waypoint obeys, where there is none',
  compares: [
    { fields: fieldPaths(['spec targetRefs', 'spec targetRef'], ['group', 'kind', 'name']), made: false },
    { kinds: ROUTES, fields: ['spec parentRefs'], made: false },
    { kinds: [`${NETWORKING}/VirtualService`, `${NETWORKING}/DestinationRule`], fields: ['spec hosts', 'spec host'], made: false },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec selector', `metadata labels ${USE_WAYPOINT}`], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const work of waypointWork(cluster).filter(isRaw)) {
      if (isToldByNamespace(model, work.namespaceName, work.object.path)) continue;
      const unheard = servicesOfWork(cluster, work).filter((service) => isUnheard(cluster, work, service));
      for (const [reason, services] of groupedBy(unheard, (service) => reasonOf(cluster, service))) {
        report({
          on: work.object,
          message: `${work.title} is obeyed by a waypoint alone, but ${services.map(({ object }) => nameOf(object)).join(', ')} ${REASONS[reason].text}`,
          got: services.map(({ labels }) => labels[USE_WAYPOINT]).some(Boolean) ? `${USE_WAYPOINT}: none` : undefined,
          fix: REASONS[reason].fix,
          yamlFix: REASONS[reason].yamlFix,
        });
      }
    }
  },
});

const REASONS: Readonly<Record<string, { readonly text: string; readonly fix: string; readonly yamlFix?: string }>> = {
  sidecars: {
    text: 'leads to pods with sidecars, which read what picks them by labels',
    fix: 'pick the pods with selector instead of targetRefs',
  },
  address: {
    text: 'has no address of its own, so that its callers go to the pods',
    fix: 'speak of a Service with an address; at the pods ztunnel checks callers and ports, by selector',
  },
  label: { text: 'opts out of its waypoint', fix: `remove the label ${USE_WAYPOINT}: none, or this object` },
  none: {
    text: 'has none',
    fix: `declare its namespace as a MeshNamespace, which then gets one; or add a waypoint and label the Namespace ${USE_WAYPOINT}`,
    yamlFix: `add a waypoint, a Gateway of class istio-waypoint, and label the Service or its Namespace ${USE_WAYPOINT} with its name`,
  },
};

function reasonOf(cluster: Cluster, service: MeshService): string {
  if (!isBehindZtunnel(cluster, service)) return 'sidecars';
  if (!service.hasAddress) return 'address';
  return service.labels[USE_WAYPOINT] === 'none' ? 'label' : 'none';
}

// A waypoint that is named may be somebody else's, who knows what it does.
function isUnheard(cluster: Cluster, { isForCallers, object }: WaypointWork, service: MeshService): boolean {
  if (waypointNameOf(cluster, service) !== undefined) return false;
  if (isForCallers) return isBehindZtunnel(cluster, service) && !hasFollowers(cluster, object);
  return (
    !isPrepared(cluster, service) && proxiesOf(cluster, service).some((proxy) => isAmbient(planeOf(proxy)) || hasSidecars(planeOf(proxy)))
  );
}

/** Somebody whose own proxy follows it. A gateway follows DestinationRules, and of routes of the Gateway API those that name it. */
function hasFollowers(cluster: Cluster, object: ManifestObject): boolean {
  if (groupOf(object) !== GATEWAY_API) return hasRoutingCallers(cluster);
  const parents = listOf(specOf(object).parentRefs).map(({ kind }) => kind ?? 'Gateway');
  return parents.includes('Gateway') || workloadsOf(cluster).some(({ proxy }) => proxy.routesForPods && !proxy.isDoor);
}

/** Pods with sidecars whose waypoint stands already, and which policies by labels guard until they go through it. */
function isPrepared(cluster: Cluster, service: MeshService): boolean {
  const pods = podsBehind(cluster, service);
  const hasWaypoint = gatewaysOf(cluster).some(
    ({ namespaceName, waypointFor }) => namespaceName === service.namespaceName && waypointFor !== undefined,
  );
  const index = authorizationIndex(cluster);
  const isGuarded = (labels: Labels): boolean => index.onPods([service.namespaceName], labels).some(({ selector }) => !isEmpty(selector));
  return (
    hasWaypoint &&
    (pods.length > 0 || service.kind === 'ServiceEntry') &&
    pods.every(({ proxy, labels }) => hasSidecars(planeOf(proxy)) && isGuarded(labels))
  );
}

function isBehindZtunnel(cluster: Cluster, service: MeshService): boolean {
  return proxiesOf(cluster, service).some((proxy) => isAmbient(planeOf(proxy)));
}

function proxiesOf(cluster: Cluster, service: MeshService) {
  const pods = podsBehind(cluster, service);
  return pods.length > 0 ? pods.map(({ proxy }) => proxy) : [proxyInNamespace(cluster, service.namespaceName)];
}

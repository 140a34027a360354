import { CORE, NETWORKING } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { servicesOfWork, type WaypointWork, waypointWork } from '../../cluster/policies/waypoint-work';
import { podsBehind } from '../../cluster/services/endpoints';
import type { MeshService } from '../../cluster/services/services';
import { waypointNameOf } from '../../cluster/services/waypoints';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import { hasRoutingCallers } from '../../cluster/workloads/routing-callers';
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
        });
      }
    }
  },
});

const REASONS: Readonly<Record<string, { readonly text: string; readonly fix: string }>> = {
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
  },
};

function reasonOf(cluster: Cluster, service: MeshService): string {
  if (!isBehindZtunnel(cluster, service)) return 'sidecars';
  if (!service.hasAddress) return 'address';
  return service.labels[USE_WAYPOINT] === 'none' ? 'label' : 'none';
}

// A waypoint that is named may be somebody else's, who knows what it does.
function isUnheard(cluster: Cluster, { isForCallers }: WaypointWork, service: MeshService): boolean {
  if (waypointNameOf(cluster, service) !== undefined) return false;
  if (isForCallers) return isBehindZtunnel(cluster, service) && !hasRoutingCallers(cluster);
  return proxiesOf(cluster, service).some((proxy) => isAmbient(planeOf(proxy)) || hasSidecars(planeOf(proxy)));
}

function isBehindZtunnel(cluster: Cluster, service: MeshService): boolean {
  return proxiesOf(cluster, service).some((proxy) => isAmbient(planeOf(proxy)));
}

function proxiesOf(cluster: Cluster, service: MeshService) {
  const pods = podsBehind(cluster, service);
  return pods.length > 0 ? pods.map(({ proxy }) => proxy) : [proxyInNamespace(cluster, service.namespaceName)];
}

import { CORE } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import type { MeshModel, ServiceModel } from '../../model/mesh-model';
import { nameOf } from '../../cluster/objects/manifest-object';
import { podsBehind } from '../../cluster/services/endpoints';
import { servicesOf } from '../../cluster/services/services';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const otherService = rule({
  code: 'MESH213',
  level: 'error',
  title: 'another Service bypasses the policies of a service',
  compares: [{ kinds: [`${CORE}/Service`], fields: ['spec selector', `metadata labels ${USE_WAYPOINT}`], made: false }],

  check(model, report) {
    const guarded = guardedServices(model);
    const cluster = clusterOf(model);
    for (const other of guarded.size > 0 ? servicesOf(cluster).filter(isRaw) : []) {
      // A Service without an address of its own is behind no waypoint, and one with a label of its own is where that says.
      if (other.labels[USE_WAYPOINT] !== undefined || !other.hasAddress) continue;
      const { object } = other;
      const service = podsBehind(cluster, other)
        .map(({ namespaceName, labels }) => guarded.get(`${namespaceName}/${labels.app}`))
        .find(Boolean);
      if (!service) continue;
      report({
        on: object,
        message: `${nameOf(object)} sends requests to the pods of ${partyText(service)} through the same waypoint, whose policies do not cover this Service`,
        fix: `remove it, label it ${USE_WAYPOINT}: none, or use a ZeroTrustNamespace, whose waypoint refuses what no policy allows`,
      });
    }
  },
});

/** Services that a waypoint guards where it refuses nothing by itself. */
function guardedServices(model: MeshModel): ReadonlyMap<string, ServiceModel> {
  const called = new Set(model.calls.map(({ callee }) => callee.key));
  const open = model.services.filter(({ key, namespace }) => called.has(key) && namespace.waypoint && !namespace.zeroTrust);
  return new Map(open.map((service) => [`${service.namespaceName}/${service.podLabels?.app}`, service]));
}

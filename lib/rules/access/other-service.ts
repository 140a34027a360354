import { CORE } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import type { MeshModel, ServiceModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { labelsOf, nameOf, namespaceOf, rawObjectsOf, specOf } from '../manifest-reader';
import { labelsOfObject } from '../namespace-planes';
import { rule } from '../rule';
import { selectPods } from '../workloads';

export const otherService = rule({
  code: 'MESH213',
  level: 'error',
  title: 'another Service bypasses the policies of a service',
  compares: [{ kinds: [`${CORE}/Service`], fields: ['spec selector', `metadata labels ${USE_WAYPOINT}`], made: false }],

  check(model, report) {
    const guarded = guardedServices(model);
    for (const object of guarded.size > 0 ? rawObjectsOf(model, CORE, 'Service') : []) {
      const spec = specOf(object);
      if (labelsOfObject(object)[USE_WAYPOINT] !== undefined || spec.clusterIP === 'None') continue;
      const pods = selectPods(model, namespaceOf(object), labelsOf(spec.selector));
      const service = pods.map(({ namespaceName, labels }) => guarded.get(`${namespaceName}/${labels.app}`)).find(Boolean);
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
  const open = model.services.filter(({ key, home }) => called.has(key) && home.waypoint && !home.zeroTrust);
  return new Map(open.map((service) => [`${service.namespaceName}/${service.podLabels?.app}`, service]));
}

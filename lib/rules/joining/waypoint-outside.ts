import { CORE } from '../../istio/api-groups';
import { DATAPLANE_MODE, USE_WAYPOINT } from '../../istio/labels';
import type { DataPlaneMode } from '../../model/namespace-facts';
import { labelsOfObject, nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { workloadsOf, workloadsWith } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { isAmbient, planeOf } from '../planes';
import { rule } from '../rule';

export const waypointOutside = rule({
  code: 'MESH153',
  level: 'warning',
  title: 'waypoint of pods that are not in ambient mode',
  compares: [
    { kinds: [`${CORE}/Namespace`], fields: [`metadata labels ${USE_WAYPOINT}`, `metadata labels ${DATAPLANE_MODE}`], made: false },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    // Callers in ambient mode go through the waypoint of a callee that has no proxy itself.
    if (workloadsOf(cluster).some(({ proxy }) => isAmbient(planeOf(proxy)))) return;
    for (const object of objectsOf(cluster, CORE, 'Namespace').filter(({ made }) => !made)) {
      const { [USE_WAYPOINT]: waypoint, [DATAPLANE_MODE]: mode } = labelsOfObject(object);
      if (waypoint === undefined || waypoint === 'none' || isAmbient({ mode: mode as DataPlaneMode | undefined })) continue;
      if (workloadsWith(cluster, object.name, {}).length === 0) continue;
      report({
        on: object,
        field: ['metadata', 'labels', USE_WAYPOINT],
        message: `${nameOf(object)} names a waypoint, and nobody's pods are in ambient mode: no connection goes through it`,
        got: `${USE_WAYPOINT}: ${waypoint}`,
        fix: `label it ${DATAPLANE_MODE}: ambient, or remove the label`,
      });
    }
  },
});

import { CORE } from '../../istio/api-groups';
import { DATAPLANE_MODE, INJECT, INJECTION, REVISION } from '../../istio/labels';
import { labelsOfObject, nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { workloadsOf, workloadsWith } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';

const WORDS = [INJECTION, REVISION, DATAPLANE_MODE];
const OF_THE_SYSTEM = /^(kube-|istio-system$|local-path-storage$)/;

export const unsaidPlane = rule({
  code: 'MESH151',
  level: 'info',
  title: 'Namespace that does not say whether its pods join the mesh',
  compares: [{ kinds: [`${CORE}/Namespace`], fields: fieldPaths(['metadata labels'], WORDS), made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    if (!workloadsOf(cluster).some(({ proxy }) => proxy.isInMesh)) return;
    for (const object of objectsOf(cluster, CORE, 'Namespace').filter(({ made, name }) => !made && !OF_THE_SYSTEM.test(name))) {
      const labels = labelsOfObject(object);
      const pods = workloadsWith(cluster, object.name, {}).filter((one) => !one.proxy.isInMesh && one.labels[INJECT] === undefined);
      if (pods.length === 0 || WORDS.some((word) => labels[word] !== undefined)) continue;
      report({
        on: object,
        message: `${nameOf(object)} does not say whether its pods join the mesh: they stay outside, and no policy holds at them`,
        got: `pods of ${pods.map(({ key }) => key).join(', ')}`,
        fix: `label it ${DATAPLANE_MODE}: ambient or ${INJECTION}: enabled; or ${INJECTION}: disabled, where they are to stay outside`,
      });
    }
  },
});

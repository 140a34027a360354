import { nameOf } from '../../cluster/objects/manifest-object';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { NATIVE_SIDECAR } from '../../istio/labels';
import { clusterOf } from '../cluster-of';
import { fieldPaths, POD_PLANE_LABELS } from '../comparison';
import { hasSidecars, planeOf } from '../planes';
import { rule } from '../rule';

const KINDS = ['Job', 'CronJob'];

export const unendingJob = rule({
  code: 'MESH127',
  level: 'warning',
  title: 'job whose sidecar may never end',
  compares: [
    { kinds: ['batch/Job'], fields: POD_PLANE_LABELS },
    { kinds: ['batch/CronJob'], fields: fieldPaths(['spec jobTemplate'], POD_PLANE_LABELS) },
  ],

  check(model, report) {
    for (const { object, proxy, annotations } of workloadsOf(clusterOf(model))) {
      if (!KINDS.includes(object.kind) || annotations[NATIVE_SIDECAR] !== undefined || !hasSidecars(planeOf(proxy))) continue;
      report({
        on: object,
        message: `the pods of ${nameOf(object)} end only if their sidecar does: on nodes before Kubernetes 1.33 it is a container that runs on`,
        got: `no annotation ${NATIVE_SIDECAR}`,
        fix: `annotate the template of its pods with ${NATIVE_SIDECAR}: "true", or declare it as a MeshedJob or a MeshedCronJob`,
        yamlFix: `annotate the template of its pods with ${NATIVE_SIDECAR}: "true"`,
      });
    }
  },
});

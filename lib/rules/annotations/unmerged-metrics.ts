import { nameOf } from '../../cluster/objects/manifest-object';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { MERGE_METRICS, PROMETHEUS } from '../../istio/metrics';
import { clusterOf } from '../cluster-of';
import { isAmbient, planeOf } from '../planes';
import { rule } from '../rule';

export const unmergedMetrics = rule({
  code: 'MESH503',
  level: 'warning',
  title: 'metrics to be merged where nobody merges them',

  check(model, report) {
    for (const { object, annotations, proxy } of workloadsOf(clusterOf(model))) {
      if (annotations[MERGE_METRICS] !== 'true' || !isAmbient(planeOf(proxy))) continue;
      const port = annotations[PROMETHEUS.port];
      report({
        on: object,
        message: `pods of ${nameOf(object)} ask a sidecar to offer their metrics with its own, and have none: in ambient mode nobody offers them on port 15020`,
        got: port === undefined ? `${MERGE_METRICS}: "true"` : `metrics on port ${port}`,
        fix: 'let a Prometheus in the mesh read them at the pods: in a program with MetricsScraping in place of MergedMetrics; or let the port take plaintext, with the reason',
      });
    }
  },
});

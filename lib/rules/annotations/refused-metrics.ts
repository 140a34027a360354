import { nameOf } from '../../cluster/objects/manifest-object';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { MERGE_METRICS, PROMETHEUS, SCRAPE_TARGETS } from '../../istio/metrics';
import { MERGED_METRICS } from '../../istio/ports';
import type { Labels } from '../../cluster/objects/fields';
import { clusterOf } from '../cluster-of';
import { hasSidecars, planeOf } from '../planes';
import { rule } from '../rule';
import { isMergedPort } from './written/merged-port';

export const refusedMetrics = rule({
  code: 'MESH510',
  level: 'warning',
  title: 'metrics on a port that injection refuses',

  check(model, report) {
    for (const { object, annotations, proxy } of workloadsOf(clusterOf(model))) {
      const port = annotations[PROMETHEUS.port];
      if (port === undefined || !hasSidecars(planeOf(proxy)) || !isMerged(annotations) || isMergedPort(port)) continue;
      // Who says the port of merged metrics itself is left alone.
      if (Number(port) === MERGED_METRICS) continue;
      report({
        on: object,
        message: `pods of ${nameOf(object)} name a port for their metrics that their sidecar cannot merge with its own: from Istio 1.31 on injection refuses the pods`,
        got: `${PROMETHEUS.port}: ${port}`,
        fix: `name the port of the application, or remove the annotation: port ${MERGED_METRICS} has the metrics of Envoy in any case; ${MERGE_METRICS}: "false" leaves the annotations as they are`,
      });
    }
  },
});

function isMerged(annotations: Labels): boolean {
  const isOff = (name: string): boolean => /^(0|f|F|false|FALSE|False)$/.test(annotations[name] ?? '');
  return !isOff(PROMETHEUS.scrape) && !isOff(MERGE_METRICS) && annotations[SCRAPE_TARGETS] === undefined;
}

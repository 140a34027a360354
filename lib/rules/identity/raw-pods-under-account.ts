import { nameOf } from '../../cluster/objects/manifest-object';
import { hasLabels } from '../../cluster/objects/selectors';
import { type Workload, workloadsOf, workloadsWith } from '../../cluster/workloads/workloads';
import type { Cluster } from '../../cluster/cluster';
import type { Party } from '../../model/party';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { WORKLOADS } from '../comparison';
import { isRaw } from '../owners';
import { ownWorkloads } from '../owners';
import { rule } from '../rule';

export const rawPodsUnderAccount = rule({
  code: 'MESH225',
  level: 'warning',
  title: 'pods made by somebody else may call whatever a service may',
  compares: [{ kinds: WORKLOADS, fields: ['spec template spec serviceAccountName'], made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    const services = new Map(ownWorkloads(model).map((service) => [service.principal, service]));
    for (const pods of workloadsOf(cluster).filter((one) => isRaw(one) && !one.isOutside)) {
      const service = pods.principal === undefined ? undefined : services.get(pods.principal);
      if (!service || isOf(cluster, service, pods)) continue;
      report({
        on: pods.object,
        message: `the pods of ${nameOf(pods.object)} run under the ServiceAccount of ${partyText(service)}, so they may call whatever that may`,
        got: `serviceAccountName: ${pods.serviceAccountName}`,
        fix: 'give them a ServiceAccount of their own, and allow what they call by ServiceIdentity',
      });
    }
  },
});

/** The workload that somebody made and the service is over. */
function isOf(cluster: Cluster, { namespaceName, podLabels = {} }: Party, { labels }: Workload): boolean {
  return hasLabels(labels, podLabels) && workloadsWith(cluster, namespaceName, podLabels).every(isRaw);
}

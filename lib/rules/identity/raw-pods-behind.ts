import { nameOf } from '../../cluster/objects/manifest-object';
import { podsBehind, servicesOver } from '../../cluster/services/endpoints';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import { labelText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { POD_LABELS, WORKLOADS } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const rawPodsBehind = rule({
  code: 'MESH224',
  level: 'warning',
  title: 'pods made by somebody else take a share of the requests for a service',
  compares: [{ kinds: WORKLOADS, fields: [POD_LABELS], made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    const isMade = ({ object }: Pick<Workload, 'object'>): boolean => object.made;
    for (const pods of workloadsOf(cluster).filter(isRaw)) {
      // A service over a workload of somebody else has no pods but those.
      const service = servicesOver(cluster, pods).find((one) => isMade(one) && podsBehind(cluster, one).some(isMade));
      if (!service) continue;
      report({
        on: pods.object,
        message: `the pods of ${nameOf(pods.object)} have the labels of service ${service.key}, so they get a share of its requests`,
        got: labelText(service.selector),
        fix: 'give them labels of their own; a second version of a service is a CanaryRelease or a BlueGreenRelease',
      });
    }
  },
});

import { CORE } from '../../istio/api-groups';
import { listOf } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import { podPort, podsBehind } from '../../cluster/services/endpoints';
import { type ServicePort, servicesOf } from '../../cluster/services/services';
import { namespacesWithHiddenPods } from '../../cluster/workloads/pod-templates';
import type { Workload } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { CONTAINERS, POD_LABELS, WORKLOADS } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const unservedPort = rule({
  code: 'MESH126',
  level: 'error',
  title: 'Service port that no pod of the Service has',
  compares: [
    { kinds: [`${CORE}/Service`], fields: ['spec selector', 'spec ports targetPort'], made: false },
    { kinds: WORKLOADS, fields: [POD_LABELS, `${CONTAINERS} ports name`], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const service of servicesOf(cluster).filter((one) => one.kind === 'Service' && isRaw(one))) {
      if (namespacesWithHiddenPods(cluster).has(service.namespaceName)) continue;
      const pods = podsBehind(cluster, service);
      const lost = pods.length === 0 ? [] : service.ports.filter((port) => !pods.some((pod) => hasPort(port, pod)));
      if (lost.length === 0) continue;
      report({
        on: service.object,
        message: `${nameOf(service.object)} leads to ${lost.map(({ target }) => `port ${target}`).join(', ')}, a name that no container of its pods gives to a port: connections to it fail`,
        got: `pods: ${pods.map(({ key, namedPorts }) => `${key} (${Object.keys(namedPorts).join(', ') || 'no named port'})`).join(', ')}`,
        fix: 'write the number of the port, or a name that a container has',
      });
    }
  },
});

// An init container that stays has ports as well.
function hasPort(port: ServicePort, pod: Workload): boolean {
  const names = listOf(pod.spec.initContainers).flatMap(({ ports }) => listOf(ports).map(({ name }) => name));
  return podPort(port, pod) !== undefined || names.includes(port.target);
}

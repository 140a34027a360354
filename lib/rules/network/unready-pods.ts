import type { Cluster } from '../../cluster/cluster';
import { listOf } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import type { Workload } from '../../cluster/workloads/workloads';
import { PROBE_SOURCES } from '../../istio/defaults';
import { groupedBy } from '../../support/grouping';
import { passes } from '../../verdict/decision/network';
import { clusterOf } from '../cluster-of';
import { CONTAINERS, fieldPaths, WORKLOADS } from '../comparison';
import { isAmbient, planeOf } from '../planes';
import { probedPorts, PROBES } from './pods/probed-ports';
import { isGuardedByOurs, NETWORK_POLICY, pickedBy, rawNetworkPolicies } from './pods/raw-network';
import { rule } from '../rule';

export const unreadyPods = rule({
  code: 'MESH244',
  level: 'error',
  title: 'NetworkPolicy that shuts out the probes of pods in ambient mode',
  compares: [
    { kinds: [NETWORK_POLICY], fields: ['spec'] },
    { kinds: WORKLOADS, fields: fieldPaths([CONTAINERS], PROBES) },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const shut = rawNetworkPolicies(model)
      .filter(({ ingress }) => ingress)
      .flatMap((policy) => pickedBy(cluster, policy).flatMap((pod) => shutProbes(cluster, pod).map((port) => ({ policy, pod, port }))));
    for (const [pod, each] of groupedBy(shut, (one) => one.pod)) {
      const ports = [...new Set(each.map(({ port }) => port))].sort((a, b) => a - b).join(', ');
      report({
        on: each[0].policy.object,
        message: `${each[0].policy.title} shuts out the kubelet's probes of ${nameOf(pod.object)}: in ambient mode they come from an address of their own, and the pods never become ready, or are restarted`,
        got: `probed: ${ports}`,
        fix: `let ${PROBE_SOURCES[0]} in on port ${ports}, and ${PROBE_SOURCES[1]} where pods have IPv6`,
      });
    }
  },
});

/** MESH114 tells of those that our own policies forget. */
function shutProbes(cluster: Cluster, pod: Workload): number[] {
  if (!isAmbient(planeOf(pod.proxy)) || isGuardedByOurs(cluster, pod, 'ingress')) return [];
  const [source] = PROBE_SOURCES;
  const kubelet = { labels: {}, address: source.split('/')[0] };
  const containers = [...listOf(pod.spec.initContainers), ...listOf(pod.spec.containers)];
  return containers.flatMap(probedPorts).filter((port) => !passes(cluster, 'ingress', pod, kubelet, pod, port).allowed);
}

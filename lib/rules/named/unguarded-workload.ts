import { CORE, SECURITY } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { perCluster } from '../../cluster/per-cluster';
import { authorizationIndex, authorizationPolicies } from '../../cluster/policies/authorization-policies';
import { servicesOver } from '../../cluster/services/endpoints';
import { type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import { clusterOf } from '../cluster-of';
import { POD_LABELS, WORKLOADS } from '../comparison';
import { rule } from '../rule';

export const unguardedWorkload = rule({
  code: 'MESH282',
  level: 'info',
  title: 'pods that no AuthorizationPolicy guards, beside others that one does',
  compares: [
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec selector matchLabels', 'spec targetRefs'] },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    if (authorizationPolicies(cluster).length === 0) return;
    const called = workloadsOf(cluster).filter((one) => one.proxy.isInMesh && !one.proxy.isDoor && servicesOver(cluster, one).length > 0);
    const open = called.filter((one) => !isGuarded(cluster, one));
    // A mesh that closes nothing has another way, or none yet.
    if (open.length === called.length) return;
    for (const { object } of open.filter((one) => !one.object.made)) {
      report({
        on: object,
        message: `no AuthorizationPolicy guards the pods of ${titleOf(object)}: everybody may call them`,
        fix: 'write one that names who may call, and one with spec: {} that closes the namespace to all others',
      });
    }
  },
});

function isGuarded(cluster: Cluster, pods: Workload): boolean {
  const index = authorizationIndex(cluster);
  if (index.onPods([pods.namespaceName, cluster.rootNamespace], pods.labels).length > 0) return true;
  const services = servicesOver(cluster, pods).map(({ name, namespaceName }) => ({
    namespaceName,
    target: { group: CORE, kind: 'Service', name },
  }));
  return index.onTargets(services).length > 0 || closedAtGateways(cluster).has(pods.namespaceName);
}

/** Namespaces with a policy for a Gateway, which may stand before any of its Services. */
const closedAtGateways = perCluster(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(
      authorizationPolicies(cluster)
        .filter(({ targets }) => targets.some(({ kind }) => kind !== 'Service'))
        .map(({ namespaceName }) => namespaceName),
    ),
);

import type { Cluster } from '../../cluster/cluster';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { servedPorts } from '../../cluster/services/endpoints';
import { servicesOf, tryService } from '../../cluster/services/services';
import { waypointOf } from '../../cluster/services/waypoints';
import { workloadsWith } from '../../cluster/workloads/workloads';
import { CORE, SECURITY } from '../../istio/api-groups';
import { HBONE } from '../../istio/ports';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';
import { type ClauseValue, portListsOf } from './values/clauses';

export const tunnelPort = rule({
  code: 'MESH295',
  level: 'error',
  title: 'policy by the port of tunnels',
  compares: [{ kinds: [`${SECURITY}/AuthorizationPolicy`], fields: fieldPaths(['spec'], ['action', 'rules']), made: false }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const policy of rawPolicies(model)) {
      for (const [{ value, field }] of portListsOf(policy.object).filter((list) => isIdle(policy, list))) {
        report({
          on: policy.object,
          field,
          message: `${policy.title} names port ${HBONE}, where tunnels of the mesh end: policies are asked about the port that a request in the tunnel is for, and that is never this one`,
          got: value,
          fix: `write ${portsMeant(cluster, policy)}`,
        });
      }
    }
  },
});

/** Beside another port it is one too many, and to leave out what never comes leaves out nothing: a DENY for all other ports alone then refuses all. */
function isIdle({ action }: AuthorizationPolicy, list: readonly ClauseValue[]): boolean {
  if (list.some(({ value }) => Number(value) !== HBONE)) return false;
  const leavesOut = ['notPorts', 'notValues'].includes(`${list[0].field.at(-2)}`);
  return !leavesOut || action === 'DENY';
}

/** Those of the pods or, where a waypoint asks, those of the Services behind it. */
function portsMeant(cluster: Cluster, policy: AuthorizationPolicy): string {
  const numbers = policy.targets.length > 0 ? portsOfTargets(cluster, policy) : portsOfPods(cluster, policy);
  const distinct = [...new Set(numbers)].sort((one, other) => one - other);
  if (distinct.length > 0) return distinct.map((number) => `"${number}"`).join(' or ');
  return policy.targets.length > 0 ? 'the port of the Service' : 'the port of the pods';
}

function portsOfPods(cluster: Cluster, { namespaceName, selector }: AuthorizationPolicy): number[] {
  return workloadsWith(cluster, namespaceName, selector).flatMap((pod) => servedPorts(cluster, pod).map(({ number }) => number));
}

function portsOfTargets(cluster: Cluster, { targets, namespaceName }: AuthorizationPolicy): number[] {
  const services = targets.flatMap(({ group, kind, name }) => {
    const key = `${namespaceName}/${name}`;
    if (group === CORE && kind === 'Service') return tryService(cluster, 'Service', key) ?? [];
    return kind === 'Gateway' ? servicesOf(cluster).filter((one) => waypointOf(cluster, one)?.key === key) : [];
  });
  return services.flatMap(({ ports }) => ports.map(({ number }) => number));
}

import type { Cluster } from '../../cluster/cluster';
import { listOf, numberOf } from '../../cluster/objects/fields';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { podPort, podsBehind, servicesOver } from '../../cluster/services/endpoints';
import { type MeshService, servicesOf, tryService } from '../../cluster/services/services';
import { waypointOf } from '../../cluster/services/waypoints';
import { pickedPods } from '../../cluster/workloads/picked-pods';
import { type Workload, workloadsWith } from '../../cluster/workloads/workloads';
import { CORE, GATEWAY_API, SECURITY } from '../../istio/api-groups';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';
import { type ClauseValue, portListsOf } from './values/clauses';

/** What the proxies that enforce a policy know of ports. */
interface Sight {
  readonly isAtPods: boolean;
  readonly seen: ReadonlySet<number>;
  /** By the port at the other end of a Service, the one that they see. */
  readonly meant: ReadonlyMap<number, number>;
}

const AT_PODS = {
  where: 'the pods, where requests come on the port of the pods',
  whose: 'a Service, and no port of its Services leads there',
};
const AT_WAYPOINT = {
  where: 'the waypoint, where requests come on the port of the Service',
  whose: 'the pods, and the Service has no such port',
};

export const unseenPort = rule({
  code: 'MESH286',
  level: 'error',
  title: 'policy by a port that its proxy does not see',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`],
      fields: fieldPaths(['spec'], ['selector', 'targetRefs', 'targetRef', 'rules']),
      made: false,
    },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec selector', 'spec ports'], sought: true },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const policy of rawPolicies(model)) {
      const lists = portListsOf(policy.object);
      const sight = lists.length > 0 ? sightOf(cluster, policy) : undefined;
      for (const [{ value, field }] of sight ? mistakenLists(sight, policy, lists) : []) {
        const meant = sight!.meant.get(Number(value))!;
        const words = sight!.isAtPods ? AT_PODS : AT_WAYPOINT;
        report({
          on: policy.object,
          field,
          message: `${policy.title} is enforced at ${words.where}: ${value} is a port of ${words.whose}`,
          got: value,
          fix: `write "${meant}"`,
        });
      }
    }
  },
});

/** Of what picks gateways that istiod deploys, or things that are not here, nobody can tell. */
function sightOf(cluster: Cluster, policy: AuthorizationPolicy): Sight | undefined {
  if (policy.targets.length > 0) return sightAtWaypoint(cluster, policy);
  const { namespaceName, selector } = policy;
  const pods = workloadsWith(cluster, namespaceName, selector);
  const isForMore =
    namespaceName === cluster.rootNamespace || pickedPods(cluster, namespaceName, selector).some(({ proxy }) => proxy.isDoor);
  if (isForMore || pods.length === 0) return undefined;
  const pairs = pods.flatMap((pod) => servicesOver(cluster, pod).flatMap((service) => pairsOf(service, pod)));
  const seen = new Set([...pairs.map(({ pod }) => pod), ...pods.flatMap(containerPorts)]);
  return { isAtPods: true, seen, meant: new Map(pairs.map(({ service, pod }) => [service, pod])) };
}

function sightAtWaypoint(cluster: Cluster, policy: AuthorizationPolicy): Sight | undefined {
  const services = guardedBy(cluster, policy);
  if (services.length === 0 || services.some((one) => waypointOf(cluster, one) === undefined)) return undefined;
  const pairs = services.flatMap((service) => podsBehind(cluster, service).flatMap((pod) => pairsOf(service, pod)));
  const ofServices = services.flatMap(({ ports }) => ports.map(({ number }) => number));
  const seen = new Set([...ofServices, ...(takesPods(cluster, policy, services) ? pairs.map(({ pod }) => pod) : [])]);
  return { isAtPods: false, seen, meant: new Map(pairs.map(({ service, pod }) => [pod, service])) };
}

/** A waypoint for all gets requests to pods as well, on the port of the pods; what is attached to a Service is not asked about them. */
function takesPods(cluster: Cluster, { targets }: AuthorizationPolicy, services: readonly MeshService[]): boolean {
  const isForGateway = targets.some(({ group, kind }) => group === GATEWAY_API && kind === 'Gateway');
  return isForGateway && services.some((one) => waypointOf(cluster, one)?.waypointFor === 'all');
}

function guardedBy(cluster: Cluster, { targets, namespaceName }: AuthorizationPolicy): MeshService[] {
  return targets.flatMap(({ group, kind, name }) => {
    const key = `${namespaceName}/${name}`;
    if (group === CORE && kind === 'Service') return tryService(cluster, 'Service', key) ?? [];
    const isGateway = group === GATEWAY_API && kind === 'Gateway';
    return isGateway ? servicesOf(cluster).filter((one) => waypointOf(cluster, one)?.key === key) : [];
  });
}

function pairsOf({ ports }: MeshService, pod: Workload): { service: number; pod: number }[] {
  return ports.flatMap((port) => {
    const number = podPort(port, pod);
    return number === undefined ? [] : [{ service: port.number, pod: number }];
  });
}

function containerPorts({ spec }: Workload): number[] {
  const ports = listOf(spec.containers).flatMap((container) => listOf(container.ports));
  return ports.flatMap(({ containerPort }) => numberOf(containerPort) ?? []);
}

/**
 * Those that keep their rule from fitting what was meant. A port beside one that the proxy sees is one too many, and one to leave out that never comes leaves out nothing: only a
 * DENY for all other ports then refuses what it was to spare.
 */
function mistakenLists(sight: Sight, { action }: AuthorizationPolicy, lists: readonly ClauseValue[][]): ClauseValue[][] {
  const isOfRule = ([one]: ClauseValue[], [other]: ClauseValue[]): boolean => one.field[2] === other.field[2];
  const isSound = (list: ClauseValue[]): boolean => !leavesOut(list) && list.some((one) => !isUnseen(sight, one));
  const wrong = lists.filter((list) => list.every((one) => isUnseen(sight, one)));
  return wrong.filter((list) => {
    const beside = lists.filter((one) => one !== list && isOfRule(one, list));
    if (leavesOut(list)) return action === 'DENY' && beside.every(leavesOut);
    return !beside.some((one) => isAlternative(list, one) && isSound(one));
  });
}

function leavesOut([{ field }]: ClauseValue[]): boolean {
  return ['notPorts', 'notValues'].includes(`${field.at(-2)}`);
}

/** Of two operations of a rule either fits; what is said under `when` has to fit as well. */
function isAlternative([one]: ClauseValue[], [other]: ClauseValue[]): boolean {
  return one.field[3] === 'to' && other.field[3] === 'to';
}

function isUnseen({ seen, meant }: Sight, { value }: ClauseValue): boolean {
  return !seen.has(Number(value)) && meant.has(Number(value));
}

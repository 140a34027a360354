import type { Cluster } from '../../cluster/cluster';
import type { NetworkPolicy, NetworkRule } from '../../cluster/policies/network-policies';
import { servedPorts, servicesOver } from '../../cluster/services/endpoints';
import { ingressUsesWaypoint, waypointOf } from '../../cluster/services/waypoints';
import type { Workload } from '../../cluster/workloads/workloads';
import { HBONE } from '../../istio/ports';
import { perObject } from '../../support/kept/per-object';
import { type Direction, matchesPort, passes } from '../../verdict/decision/network';
import { tunnels } from '../../verdict/travel/hop';
import { clusterOf } from '../cluster-of';
import { everybodyIn, isGuardedByOurs, type KnownPods, meantBy, NETWORK_POLICY, pickedBy, rawNetworkPolicies } from './pods/raw-network';
import { rule } from '../rule';

const DIRECTIONS = ['ingress', 'egress'] as const;

/** A connection that a policy means to let through, and that comes on another port. */
interface Shut {
  readonly caller: KnownPods;
  readonly callee: KnownPods;
  readonly port: number;
}

export const shutTunnel = rule({
  code: 'MESH243',
  level: 'warning',
  title: 'NetworkPolicy that opens a port and shuts the tunnel to it',
  compares: [{ kinds: [NETWORK_POLICY], fields: ['spec'] }],

  check(model, report) {
    const cluster = clusterOf(model);
    if (!hasTunnels(cluster)) return;
    const found = rawNetworkPolicies(model).flatMap((policy) =>
      DIRECTIONS.flatMap((direction) => shutBy(cluster, policy, direction).map((shut) => ({ policy, direction, ...shut }))),
    );
    for (const { policy, direction, caller, callee, port } of found) {
      report({
        on: policy.object,
        message: `${policy.title} lets ${nameOf(caller)} ${direction === 'ingress' ? 'in at' : 'out to'} ${nameOf(callee)} on port ${port}, and not on ${HBONE}, where it comes: between them connections are in tunnels of the mesh`,
        got: `${direction}: port ${port} without ${HBONE}`,
        fix: `add port ${HBONE} to the same rule`,
      });
    }
  },
});

/** Whether any two are joined by tunnels, as they are in a mesh that is not all of sidecars. */
function hasTunnels(cluster: Cluster): boolean {
  const ofEachKind = [...new Map(everybodyIn(cluster).map((pods) => [pods.proxy.name, pods])).values()];
  return ofEachKind.some((caller) => ofEachKind.some((callee) => tunnels(caller, callee)));
}

function nameOf({ object, key }: KnownPods): string {
  return `${object.kind} ${key}`;
}

/** The first of them, or none. */
function shutBy(cluster: Cluster, policy: NetworkPolicy, direction: Direction): Shut[] {
  // What a rule says of all ports holds for the tunnel too.
  const rules = (policy[direction] ?? []).filter(({ ports }) => ports.length > 0);
  const pods = rules.length > 0 ? pickedBy(cluster, policy).filter(({ proxy }) => proxy.isInMesh) : [];
  // Where the library writes policies, those let in the tunnels of whatever is said.
  const alone = pods.filter((pod) => !isGuardedByOurs(cluster, pod, direction));
  const shutAt = direction === 'ingress' ? shutInto : shutOutOf;
  const meant = perObject(({ peers }: NetworkRule) => meantBy(cluster, peers, policy.namespaceName));
  return alone.flatMap((pod) => rules.flatMap((one) => shutAt(cluster, one, pod, meant) ?? [])).slice(0, 1);
}

/** Those whom a rule means. */
type Meant = (rule: NetworkRule) => readonly KnownPods[];

function shutInto(cluster: Cluster, rule: NetworkRule, callee: Workload, meant: Meant): Shut | undefined {
  const port = openedPort(cluster, rule, callee);
  if (port === undefined) return undefined;
  const isShut = (one: KnownPods): boolean => {
    const sender = waypointFor(cluster, one, callee) ?? one;
    return tunnels(sender, callee) && !passes(cluster, 'ingress', callee, sender, callee, HBONE).allowed;
  };
  const caller = meant(rule).find((one) => one !== callee && isShut(one));
  return caller && { caller, callee, port };
}

function shutOutOf(cluster: Cluster, rule: NetworkRule, caller: Workload, meant: Meant): Shut | undefined {
  const callees = meant(rule).filter((one): one is Workload => 'annotations' in one && one !== caller);
  const [shut] = callees.flatMap((callee) => {
    const port = openedPort(cluster, rule, callee);
    if (port === undefined) return [];
    const target = waypointFor(cluster, caller, callee) ?? callee;
    const isShut = tunnels(caller, target) && !passes(cluster, 'egress', caller, target, target, HBONE).allowed;
    return isShut ? [{ caller, callee, port }] : [];
  });
  return shut;
}

/** A port by which a Service leads to the pods, if the rule names one. */
function openedPort(cluster: Cluster, { ports }: NetworkRule, callee: Workload): number | undefined {
  return servedPorts(cluster, callee).find(({ number }) => matchesPort(ports, callee, number))?.number;
}

/** Who connects to the pods, for a caller that goes through a waypoint; gateways do where the Service says so. */
function waypointFor(cluster: Cluster, { proxy }: KnownPods, callee: Workload): KnownPods | undefined {
  if (!proxy.passesWaypoints && !proxy.isDoor) return undefined;
  return servicesOver(cluster, callee)
    .filter((service) => proxy.passesWaypoints || ingressUsesWaypoint(cluster, service))
    .map((service) => waypointOf(cluster, service))
    .find((waypoint) => waypoint !== undefined);
}

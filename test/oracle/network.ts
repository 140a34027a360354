import { inBlock } from './addresses';
import type { Verdict } from './authorization';
import { type Cluster, labelsOfNamespace } from './cluster';
import { type Labels, type Manifest, namespaceOf, titleOf } from './manifest';
import type { NetworkPeer, NetworkPolicySpec, NetworkPort } from './policy-specs';
import { selects } from './selectors';

/** One end of a connection as the network sees it; without a namespace it is no pod and only its address counts. */
export interface NetworkEnd {
  readonly namespace?: string;
  readonly labels: Labels;
  readonly address: string;
  readonly namedPorts?: Readonly<Record<string, number>>;
}

type Policy = Manifest<NetworkPolicySpec>;

interface Rule {
  readonly peers?: readonly NetworkPeer[];
  readonly ports?: readonly NetworkPort[];
}

/** Whether a TCP connection comes about: the source must be let out and the target must let it in. */
export function connects(cluster: Cluster, source: NetworkEnd, target: NetworkEnd, port: number): Verdict {
  const out = passes(cluster, 'Egress', source, target, target, port);
  if (!out.allowed) return out;
  const into = passes(cluster, 'Ingress', target, source, target, port);
  return into.by || !into.allowed ? into : out;
}

type Direction = 'Ingress' | 'Egress';

/** A pod that no policy of this direction picks is open; one that is picked lets through what any of them lists. */
function passes(cluster: Cluster, direction: Direction, pod: NetworkEnd, other: NetworkEnd, target: NetworkEnd, port: number): Verdict {
  const picking = cluster.networkPolicies.filter((policy) => isOf(direction, policy) && picks(policy, pod));
  if (picking.length === 0) return { allowed: true };
  const opening = picking.find((policy) =>
    rulesOf(direction, policy).some(
      ({ peers, ports }) => matchesPeer(cluster, peers, namespaceOf(policy), other) && matchesPort(ports, target, port),
    ),
  );
  if (opening) return { allowed: true, by: titleOf(opening) };
  const closing = picking.find((policy) => rulesOf(direction, policy).length === 0) ?? picking[0];
  return { allowed: false, by: titleOf(closing) };
}

/** Without policyTypes a policy is about ingress, and about egress only if it has rules for it. */
function isOf(direction: Direction, { spec = {} }: Policy): boolean {
  const types = spec.policyTypes ?? (spec.egress ? ['Ingress', 'Egress'] : ['Ingress']);
  return types.includes(direction);
}

const picks = (policy: Policy, pod: NetworkEnd): boolean =>
  pod.namespace === namespaceOf(policy) && selects(policy.spec?.podSelector ?? {}, pod.labels);

const rulesOf = (direction: Direction, { spec = {} }: Policy): Rule[] =>
  direction === 'Ingress'
    ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
    : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));

function matchesPeer(cluster: Cluster, peers: Rule['peers'], policyNamespace: string, end: NetworkEnd): boolean {
  if (!peers || peers.length === 0) return true;
  return peers.some(({ ipBlock, namespaceSelector, podSelector }) => {
    if (ipBlock) return inBlock(ipBlock.cidr, end.address) && !(ipBlock.except ?? []).some((hole) => inBlock(hole, end.address));
    if (end.namespace === undefined) return false;
    const inNamespace = namespaceSelector
      ? selects(namespaceSelector, labelsOfNamespace(cluster, end.namespace))
      : end.namespace === policyNamespace;
    return inNamespace && selects(podSelector ?? {}, end.labels);
  });
}

/** A port is the pod's own, after the Service's translation; a named one is looked up on the pod that is called. */
function matchesPort(ports: Rule['ports'], target: NetworkEnd, port: number): boolean {
  if (!ports || ports.length === 0) return true;
  return ports.some((one) => {
    if ((one.protocol ?? 'TCP') !== 'TCP') return false;
    if (one.port === undefined) return true;
    const first = typeof one.port === 'number' ? one.port : target.namedPorts?.[one.port];
    return first !== undefined && first <= port && port <= (one.endPort ?? first);
  });
}

import type { Cluster } from '../../cluster/cluster';
import type { Labels } from '../../cluster/objects/fields';
import { selects } from '../../cluster/objects/selectors';
import {
  type NetworkPeer,
  networkPoliciesOn,
  type NetworkPolicy,
  type NetworkPort,
  type NetworkRule,
} from '../../cluster/policies/network-policies';
import { labelsOfNamespace } from '../../cluster/workloads/namespaces';
import { doMeet, inBlock, isWithin } from './address-blocks';
import { byObject, NO_OBJECTION, undecided, type Verdict } from './verdict';

/** One end of a connection as the network sees it; without a namespace, or one without a name, it is no pod and only its address counts. */
export interface NetworkEnd {
  readonly namespaceName?: string;
  readonly labels: Labels;
  readonly address: string;
  readonly namedPorts?: Readonly<Record<string, number>>;
  /** A machine beside the cluster, which no policy picks. */
  readonly isOutside?: boolean;
  /** Of machines whose addresses nobody has named: the blocks in which they are. */
  readonly blocks?: readonly string[];
}

/** Whether a TCP connection comes about: the source must be let out and the target must let it in. */
export function connects(cluster: Cluster, source: NetworkEnd, target: NetworkEnd, port: number): Verdict {
  const out = passes(cluster, 'egress', source, target, target, port);
  if (!out.allowed) return out;
  const into = passes(cluster, 'ingress', target, source, target, port);
  return into.by || !into.allowed ? into : out;
}

export type Direction = 'ingress' | 'egress';

/** A pod that no policy of this direction picks is open; one that is picked lets through what any of them lists. */
export function passes(
  cluster: Cluster,
  direction: Direction,
  pod: NetworkEnd,
  other: NetworkEnd,
  target: NetworkEnd,
  port: number,
): Verdict {
  if (pod.namespaceName === undefined || pod.isOutside) return NO_OBJECTION;
  const picking = networkPoliciesOn(cluster, pod.namespaceName, pod.labels).filter((policy) => policy[direction]);
  if (picking.length === 0) return NO_OBJECTION;
  const rulesOf = (policy: NetworkPolicy): readonly NetworkRule[] => policy[direction] ?? [];
  const opening = picking.find((policy) =>
    rulesOf(policy).some(
      ({ peers, ports }) => matchesPeer(cluster, peers, policy.namespaceName, other) && matchesPort(ports, target, port),
    ),
  );
  if (opening) return byObject(true, opening);
  const perhaps = picking.find((policy) =>
    rulesOf(policy).some(({ peers, ports }) => mayBeIn(peers, other) && matchesPort(ports, target, port)),
  );
  if (perhaps) return undecided('it opens blocks of addresses, and nobody tells at which ones the machines are', perhaps);
  return byObject(false, picking.find((policy) => rulesOf(policy).length === 0) ?? picking[0]);
}

/** Whether somebody is meant by a list of peers, which says everybody where it is empty. */
export function matchesPeer(cluster: Cluster, peers: readonly NetworkPeer[], policyNamespace: string, end: NetworkEnd): boolean {
  return peers.length === 0 || peers.some((peer) => isPeer(cluster, peer, policyNamespace, end));
}

function isPeer(cluster: Cluster, peer: NetworkPeer, policyNamespace: string, end: NetworkEnd): boolean {
  const { namespaceName, labels, address, isOutside, blocks } = end;
  const { ipBlock, podSelector } = peer;
  if (ipBlock && blocks) {
    return blocks.every((block) => isWithin(block, ipBlock.cidr) && !ipBlock.except.some((hole) => doMeet(hole, block)));
  }
  if (ipBlock) return inBlock(ipBlock.cidr, address) && !ipBlock.except.some((hole) => inBlock(hole, address));
  if (isOutside) return false;
  return mayHavePeer(cluster, peer, policyNamespace, namespaceName) && (!podSelector || selects(podSelector, labels));
}

/** Some of the machines may be meant. */
function mayBeIn(peers: readonly NetworkPeer[], { blocks }: NetworkEnd): boolean {
  return peers.some(({ ipBlock }) => ipBlock !== undefined && blocks?.some((block) => doMeet(block, ipBlock.cidr)));
}

/** Whether any pod of a namespace may be meant by a peer. */
export function mayHavePeer(
  cluster: Cluster,
  { ipBlock, namespaceSelector }: NetworkPeer,
  policyNamespace: string,
  namespaceName: string | undefined,
): boolean {
  if (ipBlock) return true;
  if (namespaceName === undefined || namespaceName === '') return false;
  return namespaceSelector ? selects(namespaceSelector, labelsOfNamespace(cluster, namespaceName)) : namespaceName === policyNamespace;
}

/** A port is the pod's own, after the Service's translation; a named one is looked up on the pod that is called. */
export function matchesPort(ports: readonly NetworkPort[], target: Pick<NetworkEnd, 'namedPorts'>, port: number): boolean {
  if (ports.length === 0) return true;
  return ports.some((one) => {
    if (one.protocol !== 'TCP') return false;
    if (one.port === undefined) return true;
    const first = typeof one.port === 'number' ? one.port : target.namedPorts?.[one.port];
    return first !== undefined && first <= port && port <= (one.endPort ?? first);
  });
}

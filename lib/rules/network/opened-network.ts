import type { Cluster } from '../../cluster/cluster';
import type { NetworkPeer, NetworkPolicy, NetworkRule } from '../../cluster/policies/network-policies';
import { workloadsWith, type Workload } from '../../cluster/workloads/workloads';
import { HBONE } from '../../istio/ports';
import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { type Direction, matchesPort, type NetworkEnd, passes } from '../../verdict/decision/network';
import { labelText, partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { ownWorkloads } from '../owners';
import { perModel } from '../per-model';
import { isGuardedByOurs, meantBy, NETWORK_POLICY, pickedBy, rawNetworkPolicies } from './pods/raw-network';
import { rule } from '../rule';

const DNS = 53;
const ANYWHERE = '0.0.0.0/0';
/** A port that no policy of ours opens by itself. */
const SOME_PORT = 65000;

interface Opened {
  readonly party: Party;
  /** `lets … in at`, `lets … out of`. */
  readonly how: string;
  readonly got: string;
}

export const openedNetwork = rule({
  code: 'MESH242',
  level: 'warning',
  title: 'NetworkPolicy that opens pods of a closed namespace',
  compares: [{ kinds: [NETWORK_POLICY], fields: ['spec'] }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const policy of rawNetworkPolicies(model)) {
      const closed = closedParties(model, policy.namespaceName);
      const picked = new Set(closed.length > 0 ? pickedBy(cluster, policy) : []);
      const opened = closed.flatMap((party) => openedBy(model, policy, party, picked) ?? []);
      if (opened.length === 0) continue;
      const [{ party, how, got }, ...others] = opened;
      const more = others.length > 0 ? `, and so with ${others.length} more` : '';
      report({
        on: policy.object,
        message: `${policy.title} ${how} the pods of ${partyText(party)}${more}, beside what the program says: NetworkPolicies add up, and none takes back what another opens`,
        got,
        fix: 'remove it; say who connects by calls and access.allow, addresses by an ExternalService or ExternalNetwork, and whatever comes in plaintext by plaintext of a MeshPort',
      });
    }
  },
});

function closedParties(model: MeshModel, namespaceName: string): Party[] {
  return ownWorkloads(model).filter((party) => party.namespaceName === namespaceName && party.namespace.zeroTrust && party.namespace.owned);
}

function openedBy(model: MeshModel, policy: NetworkPolicy, party: Party, picked: ReadonlySet<Workload>): Opened | undefined {
  const cluster = clusterOf(model);
  const pod = workloadsWith(cluster, party.namespaceName, party.podLabels ?? {}).find((one) => picked.has(one));
  if (!pod) return undefined;
  const opens = (direction: Direction, find: () => Pick<Opened, 'how' | 'got'> | undefined): Opened[] => {
    const found = policy[direction] && isGuardedByOurs(cluster, pod, direction) ? find() : undefined;
    return found ? [{ party, ...found }] : [];
  };
  const [first] = [...opens('ingress', () => openedIn(model, policy, party, pod)), ...opens('egress', () => openedOut(model, policy, pod))];
  return first;
}

function openedIn(model: MeshModel, policy: NetworkPolicy, { ports }: Party, pod: Workload): Pick<Opened, 'how' | 'got'> | undefined {
  const [first] = ports.flatMap(({ targetPort: port }) => {
    const rules = (policy.ingress ?? []).filter((one) => matchesPort(one.ports, pod, port));
    return rules.flatMap((rule) =>
      strangersIn(model, policy, rule, { pod, port }).map((who) => ({ how: `lets ${who} in at`, got: `port ${port}` })),
    );
  });
  return first;
}

interface Place {
  readonly pod: Workload;
  readonly port: number;
}

/** Whoever a rule lets in and the policies of the program do not. */
function strangersIn(model: MeshModel, policy: NetworkPolicy, { peers }: NetworkRule, place: Place): string[] {
  const own = withoutRaw(model);
  if (peers.length === 0) return isSaid(own, place, unknownPod()) ? [] : ['everybody'];
  return peers.flatMap((peer) => {
    if (peer.ipBlock) return isSaid(own, place, addressIn(peer.ipBlock.cidr)) ? [] : [peer.ipBlock.cidr];
    const cluster = clusterOf(model);
    const meant = meantBy(cluster, [peer], policy.namespaceName).filter((one) => one !== place.pod);
    if (meant.length === 0) return isSaid(own, place, podsLike(peer, policy)) ? [] : [peerText(peer)];
    return meant.filter((one) => !isSaid(own, place, one)).map(({ object, key }) => `${object.kind} ${key}`);
  });
}

/** Our own policies let somebody in, straight or through a tunnel. */
function isSaid(own: Cluster, { pod, port }: Place, end: NetworkEnd): boolean {
  return [port, HBONE].some((one) => passes(own, 'ingress', pod, end, pod, one).allowed);
}

/** Pods that no manifest has, as a peer names them. */
function podsLike({ namespaceSelector, podSelector }: NetworkPeer, policy: NetworkPolicy): NetworkEnd {
  const [named] = Object.values(namespaceSelector?.matchLabels ?? {});
  return { namespaceName: named ?? policy.namespaceName, labels: podSelector?.matchLabels ?? {}, address: '' };
}

function openedOut(model: MeshModel, { egress = [] }: NetworkPolicy, pod: Workload): Pick<Opened, 'how' | 'got'> | undefined {
  const [first] = egress
    .filter((one) => !isForDns(one))
    .flatMap(({ peers, ports }) => {
      const numbers = ports.map(({ port }) => port ?? 'any').join(', ');
      const [{ port = SOME_PORT } = {}] = ports;
      const isSaidOf = (cidr: string): boolean => leaves(withoutRaw(model), pod, cidr, typeof port === 'number' ? port : SOME_PORT);
      const blocks = peers.length === 0 ? [ANYWHERE] : peers.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);
      const opened = blocks.filter((cidr) => !isSaidOf(cidr));
      return opened.map((cidr) => ({
        how: `lets connections to ${cidr === ANYWHERE ? 'everywhere' : cidr} out of`,
        got: `port ${numbers || 'any'}`,
      }));
    });
  return first;
}

function leaves(own: Cluster, pod: Workload, cidr: string, port: number): boolean {
  const there = addressIn(cidr);
  return passes(own, 'egress', pod, there, there, port).allowed;
}

function isForDns({ ports }: NetworkRule): boolean {
  return ports.length > 0 && ports.every(({ port }) => port === DNS);
}

function unknownPod(): NetworkEnd {
  return { namespaceName: '', labels: {}, address: '' };
}

function addressIn(cidr: string): NetworkEnd {
  return { labels: {}, address: cidr.split('/')[0] };
}

function peerText({ namespaceSelector, podSelector }: NetworkPeer): string {
  const words = [
    namespaceSelector && `namespaces ${labelText(namespaceSelector.matchLabels) || 'of any name'}`,
    podSelector && `pods ${labelText(podSelector.matchLabels) || 'of any label'}`,
  ];
  return words.filter(Boolean).join(', ');
}

/** What the library's own policies say alone. */
const withoutRaw = perModel((model): Cluster => {
  const raw = new Set(rawNetworkPolicies(model).map(({ object }) => object));
  const cluster = clusterOf(model);
  return { ...cluster, objects: cluster.objects.filter((object) => !raw.has(object)) };
});

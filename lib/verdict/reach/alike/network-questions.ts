import type { Cluster } from '../../../cluster/cluster';
import { type NetworkPeer, networkPoliciesOn, type NetworkPolicy, type NetworkRule } from '../../../cluster/policies/network-policies';
import { addTo } from '../../../support/grouping';
import { matchesPeer, matchesPort, mayHavePeer, type NetworkEnd, passes } from '../../decision/network';
import type { Stop } from './first-stops';
import { numbering, type Question } from './question';

/** By which policy callers are let in at a port of a stop; nothing of those that are not, nor where nobody is asked. */
export function lettingIn(cluster: Cluster, { end }: Stop, port: number): LettingIn[] {
  const found: LettingIn[] = [];
  for (const { policy, rule } of rulesInto(cluster, end)) {
    if (!matchesPort(rule.ports, end, port)) continue;
    found.push({ policy, questions: rule.peers.map((peer) => questionOf(cluster, peer, policy.namespaceName)) });
    if (rule.peers.length === 0) break;
  }
  return found;
}

/** A rule of a policy, by which the first that takes a caller lets it in. */
export interface LettingIn {
  readonly policy: NetworkPolicy;
  /** None for everybody. */
  readonly questions: readonly Question[];
}

function rulesInto(cluster: Cluster, end: NetworkEnd): { readonly policy: NetworkPolicy; readonly rule: NetworkRule }[] {
  return policiesInto(cluster, end).flatMap((policy) => policy.ingress!.map((rule) => ({ policy, rule })));
}

/** Policies that decide what comes to a pod. */
function policiesInto(cluster: Cluster, { namespaceName, labels, isOutside }: NetworkEnd): NetworkPolicy[] {
  return namespaceName === undefined || isOutside ? [] : networkPoliciesOn(cluster, namespaceName, labels).filter(({ ingress }) => ingress);
}

function questionOf(cluster: Cluster, peer: NetworkPeer, namespaceName: string): Question {
  return {
    id: peerId(peer, namespaceName),
    holds: (caller) => matchesPeer(cluster, [peer], namespaceName, caller),
    mayHoldIn: (name) => mayHavePeer(cluster, peer, namespaceName, name),
  };
}

/** A peer without a namespace is one of the policy's own. */
function peerId(peer: NetworkPeer, namespaceName: string): string {
  return JSON.stringify([peer, placeId(peer, namespaceName)]);
}

/** The same for peers in the same namespaces. */
function placeId({ ipBlock, namespaceSelector }: NetworkPeer, namespaceName: string): string {
  return ipBlock ? '' : namespaceSelector ? JSON.stringify(namespaceSelector) : namespaceName;
}

/** Pods that the same policies let out, or keep in. */
export interface LetOut {
  readonly policies: readonly NetworkPolicy[];
  /** Any of them. */
  readonly one: NetworkEnd;
}

interface Named {
  readonly peer: NetworkPeer;
  readonly namespaceName: string;
  readonly by: LetOut[];
}

/** Peers in the same namespaces, of which any tells which these are. */
type Place = Map<string, Named>;

/** Who lets callers out to a stop, found without a look at everybody's policies. */
export class WaysOut {
  private readonly anywhere: LetOut[] = [];
  private readonly places = new Map<string, Place>();
  private readonly known = new Map<NetworkEnd, readonly LetOut[]>();
  private readonly numberOf = numbering();

  constructor(
    private readonly cluster: Cluster,
    all: readonly LetOut[],
  ) {
    for (const one of all) this.add(one);
  }

  /** The ports at which those are let out that are, and by which policy, unless another one speaks last; nothing of all others. */
  to({ end, ports }: Stop): ReadonlyMap<LetOut, string> {
    const isLast = policiesInto(this.cluster, end).length === 0;
    const opened = this.opening(end).map((one): [LetOut, string[]] => {
      const verdicts = ports.map((port) => passes(this.cluster, 'egress', one.one, end, end, port));
      return [one, verdicts.map(({ allowed, object }) => (allowed ? `${isLast && object ? this.numberOf(object) : 'out'}` : ''))];
    });
    return new Map(opened.filter(([, said]) => said.some(Boolean)).map(([one, said]) => [one, said.join()]));
  }

  private add(one: LetOut): void {
    const rules = one.policies.flatMap(({ egress = [], namespaceName }) => egress.map(({ peers }) => ({ peers, namespaceName })));
    if (rules.some(({ peers }) => peers.length === 0)) this.anywhere.push(one);
    for (const { peers, namespaceName } of rules) for (const peer of peers) this.addPeer(peer, namespaceName, one);
  }

  private addPeer(peer: NetworkPeer, namespaceName: string, one: LetOut): void {
    const [id, place] = [peerId(peer, namespaceName), placeId(peer, namespaceName)];
    const named = this.places.get(place) ?? new Map<string, Named>();
    const known = named.get(id) ?? { peer, namespaceName, by: [] };
    known.by.push(one);
    this.places.set(place, named.set(id, known));
  }

  private opening(end: NetworkEnd): readonly LetOut[] {
    const known = this.known.get(end);
    if (known) return known;
    const meant = [...this.places.values()].flatMap((place) => this.meantIn(place, end));
    const found = [...new Set([...this.anywhere, ...meant.flatMap(({ by }) => by)])];
    this.known.set(end, found);
    return found;
  }

  private meantIn(place: Place, end: NetworkEnd): Named[] {
    const all = [...place.values()];
    if (!mayHavePeer(this.cluster, all[0].peer, all[0].namespaceName, end.namespaceName)) return [];
    return all.filter(({ peer, namespaceName }) => matchesPeer(this.cluster, [peer], namespaceName, end));
  }
}

/** The policies by which callers are let out, each set once with whom it is for. */
export function lettingOut(cluster: Cluster, callers: readonly NetworkEnd[]): ReadonlyMap<LetOut, readonly number[]> {
  const sets = new Map<string, LetOut>();
  const numberOf = numbering();
  const members = new Map<LetOut, number[]>();
  callers.forEach((one, index) => {
    if (one.isOutside) return;
    const policies = networkPoliciesOn(cluster, one.namespaceName!, one.labels).filter(({ egress }) => egress);
    if (policies.length === 0) return;
    const id = policies.map(numberOf).join();
    const set = sets.get(id) ?? { policies, one };
    sets.set(id, set);
    addTo(members, set, index);
  });
  return members;
}

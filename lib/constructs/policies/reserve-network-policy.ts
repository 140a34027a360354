import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import type { Hop } from '../../model/hop';
import type { CallModel } from '../../model/mesh-model';
import type { PartyFacts } from '../../model/party';
import { type NetworkRules, NO_RULES, renderHops, renderNetworkPolicy } from '../../render/network/network-policy';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot } from '../tree/slot';

/** Room for the NetworkPolicy of one party's pods in a closed namespace: its end of every connection that a call makes, and what is always needed. */
export function reserveNetworkPolicy(scope: Construct, party: PartyFacts, always: () => NetworkRules | undefined): void {
  const metadata = { name: party.name, namespace: party.namespaceName };
  new Slot(scope, 'NetworkPolicy', (settled) => {
    const isNeeded = always() !== undefined || callsOf(party, settled).some(({ action }) => action === 'ALLOW');
    if (!isNeeded || !settled.party(party).namespace.zeroTrust) return [];
    const spec = lazy(() => render(party, settledOf(scope), always() ?? NO_RULES));
    return [{ id: 'Resource', make: (at, id) => makeObject(at, id, k8s.KubeNetworkPolicy, metadata, spec) }];
  });
}

function callsOf(party: PartyFacts, settled: Settled): CallModel[] {
  return [...settled.callsTo(party), ...settled.callsFrom(party)];
}

function render(party: PartyFacts, settled: Settled, always: NetworkRules): k8s.NetworkPolicySpec {
  const incoming = allowed(settled.callsTo(party)).filter(({ to }) => to.key === party.key);
  const outgoing = allowed(settled.callsFrom(party)).filter(({ from }) => from.key === party.key);
  return renderNetworkPolicy(party.podLabels!, renderHops(incoming, outgoing), always);
}

function allowed(calls: readonly CallModel[]): Hop[] {
  return calls.filter(({ action }) => action === 'ALLOW').flatMap(({ hops }) => hops);
}

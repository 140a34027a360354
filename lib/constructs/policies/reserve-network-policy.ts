import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import type { CallModel } from '../../model/mesh-model';
import { hasNetworkPolicies, type WaypointFacts } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { renderGuestNeeds, renderWaypointNetwork } from '../../render/network/guest-policy';
import { type NetworkRules, renderEnd, renderNetworkPolicy } from '../../render/network/network-policy';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot, type Wanted } from '../tree/slot';

/**
 * Room for the NetworkPolicy of one party's pods in a closed namespace: its end of every connection that a call makes, and what is needed besides.
 */
export function reserveNetworkPolicy(scope: Construct, party: PartyFacts, always: () => readonly NetworkRules[]): void {
  const metadata = { name: party.name, namespace: party.namespaceName };
  const needs = (settled: Settled): NetworkRules[] => [...always(), ...renderGuestNeeds(settled.party(party))];
  const spec = lazy(() => render(party, settledOf(scope), needs(settledOf(scope))));
  new Slot(scope, 'NetworkPolicy', (settled) => {
    if (!hasNetworkPolicies(settled.party(party).namespace)) return [];
    const isNeeded = needs(settled).length > 0 || callsOf(party, settled).some(({ action }) => action === 'ALLOW');
    const own: Wanted = { id: 'Resource', make: (at, id) => makeObject(at, id, k8s.KubeNetworkPolicy, metadata, spec) };
    return [...(isNeeded ? [own] : []), ...waypointPart(party, settled)];
  });
}

/** Room for the part of the waypoint alone, for what has no pods. */
export function reserveWaypointPart(scope: Construct, callee: PartyFacts): void {
  new Slot(scope, 'NetworkPolicy', (settled) => waypointPart(callee, settled));
}

/**
 * A callee's part of the waypoint's NetworkPolicy, in a closed namespace of another program, which knows nothing of calls to ours: NetworkPolicies add
 * up. In an open namespace it would close the waypoint to everybody else.
 */
function waypointPart(callee: PartyFacts, settled: Settled): Wanted[] {
  const waypoint = callee.ownWaypoint ? undefined : settled.party(callee).namespace.waypoint;
  const home = waypoint && settled.namespaceNamed(waypoint.namespaceName);
  if (!home || home.owned || !hasNetworkPolicies(home)) return [];
  const { canary } = waypoint;
  // Guests of one waypoint may have services of one name.
  const guest = home.name === callee.namespaceName ? '' : `${callee.namespaceName}-`;
  const metadata = { name: `${guest}${callee.name}-waypoint`, namespace: home.name };
  return [
    ...partOf(waypoint, callee, settled, { id: 'Waypoint', metadata }),
    ...(canary
      ? partOf(canary, callee, settled, { id: 'WaypointCanary', metadata: { ...metadata, name: `${metadata.name}-canary` } })
      : []),
  ];
}

interface Place {
  readonly id: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

function partOf(waypoint: WaypointFacts, callee: PartyFacts, settled: Settled, { id, metadata }: Place): Wanted[] {
  const spec = (now: Settled): k8s.NetworkPolicySpec => renderWaypointNetwork(waypoint, now.callsTo(callee));
  if (spec(settled).policyTypes?.length === 0) return [];
  const make: Wanted['make'] = (at, own) =>
    makeObject(
      at,
      own,
      k8s.KubeNetworkPolicy,
      metadata,
      lazy(() => spec(settledOf(at))),
    );
  return [{ id, make }];
}

function callsOf(party: PartyFacts, settled: Settled): CallModel[] {
  return [...settled.callsTo(party), ...settled.callsFrom(party)];
}

function render(party: PartyFacts, settled: Settled, needs: readonly NetworkRules[]): k8s.NetworkPolicySpec {
  return renderNetworkPolicy(party.podLabels!, renderEnd(party.key, callsOf(party, settled)), ...needs);
}

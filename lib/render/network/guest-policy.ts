import type { k8s } from 'cdk8s-plus-28';
import type { CallModel } from '../../model/mesh-model';
import { hasNetworkPolicies, type WaypointFacts } from '../../model/namespace-facts';
import type { Party, PartyFacts } from '../../model/party';
import { gatewayPods, waypointKey } from '../../planes/peers';
import { planeOf } from '../../planes/plane-of';
import { renderProbes } from './infrastructure-policy';
import { podsOf } from './network-peer';
import { type NetworkRules, renderEnd, renderNetworkPolicy } from './network-policy';

/** Pod ports that the kubelet probes. */
export function probedPorts({ ports, probePorts = [] }: Pick<PartyFacts, 'ports' | 'probePorts'>): number[] {
  return [...ports.map((port) => port.targetPort), ...probePorts];
}

/** What a party needs besides its calls in a closed namespace of another program, which knows nothing of its ports. */
export function renderGuestNeeds(party: Party): NetworkRules[] {
  const isGuest = hasNetworkPolicies(party.namespace) && !party.namespace.owned;
  const ingress = isGuest ? renderProbes(planeOf(party.namespace), probedPorts(party)) : [];
  return ingress.length > 0 ? [{ ingress, egress: [] }] : [];
}

/** What the pods of a waypoint may receive and send for some calls, and besides. */
export function renderWaypointNetwork(
  waypoint: WaypointFacts,
  calls: ReadonlyArray<Pick<CallModel, 'action' | 'hops'>>,
  ...always: readonly NetworkRules[]
): k8s.NetworkPolicySpec {
  return renderNetworkPolicy(gatewayPods(waypoint.name), renderEnd(waypointKey(waypoint), calls), ...always);
}

/** The way out to whatever other programs expose in some namespaces: on which ports their pods listen is theirs to say, and they decide who gets in. */
export function renderGuests(namespaceNames: readonly string[]): k8s.NetworkPolicyEgressRule[] {
  return namespaceNames.map((name) => ({ to: [podsOf(name)], ports: [{ protocol: 'TCP' }] }));
}

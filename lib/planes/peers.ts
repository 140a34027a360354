import { GATEWAY_NAME } from '../istio/labels';
import type { Peer } from '../model/hop';
import type { WaypointFacts } from '../model/namespace-facts';
import type { Party } from '../model/party';

export const WORLD: Peer = Object.freeze({ world: true });

export function peerOf(party: Party): Peer {
  if (party.kind === 'anyone') return {};
  return { namespaceName: party.namespaceName, podLabels: party.podLabels };
}

export function gatewayPods(gatewayName: string): Readonly<Record<string, string>> {
  return { [GATEWAY_NAME]: gatewayName };
}

export function waypointPeer(waypoint: WaypointFacts): Peer {
  return { namespaceName: waypoint.namespaceName, podLabels: gatewayPods(waypoint.name) };
}

import { GATEWAY_NAME } from '../istio/labels';
import type { Peer } from '../model/hop';
import type { WaypointFacts } from '../model/namespace-facts';
import type { Party } from '../model/party';

export const WORLD: Peer = Object.freeze({ world: true });

export function peerOf({ kind, key, namespaceName, podLabels }: Party): Peer {
  return kind === 'anyone' ? {} : { key, namespaceName, podLabels };
}

export function gatewayPods(gatewayName: string): Readonly<Record<string, string>> {
  return { [GATEWAY_NAME]: gatewayName };
}

export function waypointPeer(waypoint: WaypointFacts): Peer {
  return { key: waypointKey(waypoint), namespaceName: waypoint.namespaceName, podLabels: gatewayPods(waypoint.name) };
}

export function isWaypoint(key: string): boolean {
  return key.startsWith('waypoint:');
}

export function waypointKey({ namespaceName, name }: WaypointFacts): string {
  return `waypoint:${namespaceName}/${name}`;
}

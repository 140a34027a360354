import { GATEWAY_NAME } from '../istio/labels';
import type { Enforcement, Peer } from '../model/hop';
import type { WaypointFacts } from '../model/namespace-facts';
import type { Party } from '../model/party';

export const WORLD: Peer = Object.freeze({ world: true });

export function peerOf(party: Party): Peer {
  const { kind, key, namespaceName, podLabels, addresses, isAnywhere } = party;
  if (kind === 'anyone') return {};
  if (kind !== 'callers') return { key, namespaceName, podLabels };
  if (addresses) return { ...WORLD, key, blocks: addresses };
  if (isAnywhere) return { key, anywhere: true };
  return namespaceName === '' ? { key } : { key, namespaceName };
}

/** By what whoever decides knows a caller. */
export function callerSeen({ principal, addresses }: Party): Pick<Enforcement, 'principal' | 'blocks'> {
  return addresses ? { principal, blocks: addresses } : { principal };
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

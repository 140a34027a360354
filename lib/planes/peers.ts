import { GATEWAY_NAME } from '../istio/labels';
import type { Call } from '../model/call';
import type { Enforcement, Peer } from '../model/hop';
import type { WaypointFacts } from '../model/namespace-facts';
import type { Party } from '../model/party';

export const WORLD: Peer = Object.freeze({ world: true });

export function peerOf(party: Party): Peer {
  const { kind, key, namespaceName, podLabels, addresses, isAnywhere } = party;
  if (kind === 'anyone') return {};
  if (addresses && (kind === 'callers' || kind === 'service')) return { ...WORLD, key, blocks: addresses };
  if (kind !== 'callers') return { key, namespaceName, podLabels };
  if (isAnywhere) return { key, anywhere: true };
  return namespaceName === '' ? { key } : { key, namespaceName };
}

type Seen = Pick<Enforcement, 'principal' | 'blocks' | 'conditions' | 'excepted'>;

/** By what whoever decides knows the callers of a call, and what else they compare. */
export function callerSeen({ caller: { kind, principal, addresses }, conditions, excepted }: Call): Seen {
  return {
    principal,
    ...(kind === 'callers' && addresses && { blocks: addresses }),
    ...(conditions && { conditions }),
    ...(excepted && { excepted: excepted.map((one) => one.principal) }),
  };
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

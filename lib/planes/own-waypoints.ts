import type { NeedBeside } from '../model/beside/beside';
import type { NamespaceState } from '../model/namespace-facts';
import type { PartyFacts } from '../model/party';
import { planeOf } from './plane-of';

/** The name of the waypoint that stands before one service alone: it must not be that of a service, whose account it would share. */
export function ownWaypointName(serviceName: string): string {
  return `${serviceName}-waypoint`;
}

/** A namespace as one of its parties sees it: with the waypoint of that party, where it has one of its own. */
export function withOwnWaypoint({ ownWaypoint }: PartyFacts, state: NamespaceState): NamespaceState {
  return ownWaypoint && planeOf(state).hasWaypoints ? Object.freeze({ ...state, waypoint: ownWaypoint }) : state;
}

/** What of this the waypoint of the namespace has to do: services that have their own need it for nothing. */
export function needsOfNamespace(needs: readonly NeedBeside[], parties: readonly PartyFacts[]): NeedBeside[] {
  const apart = new Set(parties.flatMap(({ name, ownWaypoint }) => (ownWaypoint ? [name] : [])));
  return needs.filter(({ about }) => about.length === 0 || !about.every((name) => apart.has(name)));
}

/** The waypoint that a Service of a party names by a label of its own, once callers are sent there. */
export function labelledWaypoint(
  party: PartyFacts,
  guardedNames: readonly string[],
  name: string,
  state: NamespaceState,
): string | undefined {
  const { ownWaypoint } = party;
  return ownWaypoint && guardedNames.includes(name) && planeOf(state).sendsToWaypoints ? ownWaypoint.name : undefined;
}

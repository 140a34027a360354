import type { NamespaceFacts, WaypointFacts } from '../../model/namespace-facts';
import { groupedBy } from '../../support/grouping';

type Namespaces = ReadonlyMap<string, NamespaceFacts>;

/** The waypoint that a namespace has to share: none where it is itself another one's, or where the namespace forbids it. */
export function waypointToShare(namespaces: Namespaces, home: string): WaypointFacts | undefined {
  const facts = namespaces.get(home);
  return facts && facts.waypointPolicy !== 'never' && facts.waypointHome === undefined ? facts.possibleWaypoint : undefined;
}

/** Names of the namespaces that share the waypoint of another one, by that. */
export function guestsByHome(namespaces: Namespaces): ReadonlyMap<string, readonly string[]> {
  const sharing = [...namespaces.values()].filter(({ waypointHome }) => waypointHome !== undefined);
  const homes = groupedBy(sharing, ({ waypointHome }) => waypointHome!);
  return new Map([...homes].map(([home, facts]) => [home, facts.map(({ name }) => name).sort()]));
}

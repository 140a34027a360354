import type { IConstruct } from 'constructs';
import { type MeshSettings, waypointNamed } from '../../graph/mesh-settings';
import type { WaypointFacts } from '../../model/namespace-facts';
import { requireWaypointName } from '../../support/object-names';

/** The names by which a waypoint of another program is known here. */
export interface WaypointNames {
  readonly waypoint?: string;
  readonly waypointCanary?: string;
}

/** The waypoint that another program makes, if any, and the one that takes a share of its connections. */
export function importedWaypoint(
  at: IConstruct,
  settings: MeshSettings,
  namespaceName: string,
  { waypoint, waypointCanary }: WaypointNames,
): WaypointFacts | undefined {
  if (waypoint === undefined) return undefined;
  const named = (name: string): WaypointFacts => waypointNamed(settings, namespaceName, requireWaypointName(at, name));
  return { ...named(waypoint), ...(waypointCanary !== undefined && { canary: named(waypointCanary) }) };
}

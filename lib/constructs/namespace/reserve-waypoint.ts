import type { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { waypointNamed } from '../../graph/mesh-settings';
import type { Settled } from '../../graph/settled';
import type { NamespaceFacts, WaypointFacts } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { ownWaypointName } from '../../planes/own-waypoints';
import type { WaypointTask } from '../../render/routes/gateway';
import { requireName } from '../../support/object-names';
import { Slot } from '../tree/slot';
import { type DeclaredNamespace, knownNamespace } from './namespace-of';
import { waypointParts, type WaypointWork } from './waypoint-parts';

/** Room for the waypoint of a namespace, which is there as soon as something in it needs HTTP, and for what closes it. */
export function reserveWaypoint(scope: Construct, declared: DeclaredNamespace): void {
  const { facts } = declared;
  new Slot(scope, 'Waypoint', (settled) => {
    const waypoint = settled.waypoint(facts);
    if (!waypoint || facts.waypointHome !== undefined) return [];
    return waypointParts(scope, declared, waypoint, workOf(scope, facts));
  });
  if (!facts.waypointCanary) return;
  new Slot(scope, 'WaypointCanary', (settled) => {
    const { canary } = settled.waypoint(facts) ?? {};
    return canary ? waypointParts(scope, declared, canary, { ...workOf(scope, facts), ...saidOfCanary(declared) }) : [];
  });
}

function workOf(scope: Construct, facts: NamespaceFacts): WaypointWork {
  return { calls: (now) => now.callsThrough(facts), task: (now) => taskOf(MeshGraph.of(scope), now, facts) };
}

function saidOfCanary({ facts: { waypointCanary }, dataPlane }: DeclaredNamespace): Pick<WaypointWork, 'revision' | 'pods'> {
  return { revision: waypointCanary?.revision ?? dataPlane.revision, pods: dataPlane._canaryPods ?? dataPlane._waypointPods };
}

/** The waypoint that stands before one service alone, where it is in ambient mode. */
export function ownWaypointOf(scope: Construct, graph: MeshGraph, namespaceName: string, serviceName: string): WaypointFacts {
  const name = requireName(scope, 'name of the waypoint of its own', ownWaypointName(serviceName));
  return waypointNamed(graph.useSettings(), namespaceName, name);
}

/** Room for it. */
export function reserveOwnWaypoint(scope: Construct, party: PartyFacts): void {
  const { ownWaypoint, namespaceName, forwardsIdentity } = party;
  if (!ownWaypoint) return;
  new Slot(scope, 'OwnWaypoint', (settled) => {
    if (settled.party(party).waypoint?.name !== ownWaypoint.name) return [];
    return waypointParts(scope, knownNamespace(scope, namespaceName), ownWaypoint, {
      calls: (now) => now.callsTo(party),
      task: () => ({ tellsCallers: forwardsIdentity, isGlobal: isGlobal(party) }),
    });
  });
}

const isGlobal = ({ scope }: PartyFacts): boolean => scope === 'GLOBAL';

/** What it has to do for its own namespace, and for those that share it. */
function taskOf(graph: MeshGraph, settled: Settled, facts: NamespaceFacts): WaypointTask {
  const namespaceNames = [facts.name, ...settled.guestsOf(facts)].sort();
  return {
    namespaceNames,
    isGlobal: namespaceNames.some((name) => graph.partiesIn(name).some(isGlobal)),
    tellsCallers: settled.needsThrough(facts).some(({ tellsCaller }) => tellsCaller),
  };
}

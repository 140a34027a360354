import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import { USE_WAYPOINT } from '../../istio/labels';
import type { WaypointFacts } from '../../model/namespace-facts';
import type { Party, PartyFacts } from '../../model/party';
import { originatesTls, whereaboutsOf } from '../../planes/outside/external-protocols';
import { planeOf } from '../../planes/plane-of';
import { renderOrigination } from '../../render/routes/outside/origination';
import { renderServiceEntry } from '../../render/routes/service-entry';
import { compareText } from '../../support/ordering';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';

/** The ServiceEntry of a host, visible to those who call it. */
export function makeEntry(scope: Construct, id: string, party: PartyFacts): ApiObject {
  const noWaypoint = lazy(() => (settledOf(scope).party(party).namespace.waypoint ? 'none' : undefined));
  const ownWaypoint = lazy(() => waypointOnTheWay(settledOf(scope).party(party))?.name);
  const label = party.isStraightOut ? noWaypoint : ownWaypoint;
  const labels = party.isStraightOut || party.through ? { labels: { [USE_WAYPOINT]: label } } : {};
  const metadata = { name: party.name, namespace: party.namespaceName, ...labels };
  const spec = lazy(() => {
    const settled = settledOf(scope);
    const { namespace, waypoint } = settled.party(party);
    const whereabouts = whereaboutsOf(party, waypoint !== undefined, planeOf(namespace).namesHaveAddresses);
    return renderServiceEntry(party, visibleIn(party, settled), whereabouts);
  });
  return makeObject(scope, id, networking.ServiceEntry, metadata, spec);
}

/** The TLS that proxies begin with a host, if they are to, for the same callers. */
export function makeOrigination(scope: Construct, id: string, party: PartyFacts): void {
  if (!party.ports.some(originatesTls)) return;
  const spec = lazy(() => renderOrigination(party, party.through ? ['.'] : visibleIn(party, settledOf(scope))));
  makeObject(scope, id, networking.DestinationRule, { name: party.name, namespace: party.namespaceName }, spec);
}

/** Namespaces that see a host. Sidecars heed it; ztunnel and waypoints read any value as '*', and the policy decides there. */
export function visibleIn(party: PartyFacts, settled: Settled): string[] {
  const others = new Set(settled.callsTo(party).map((call) => call.caller.namespaceName));
  others.delete(party.namespaceName);
  return ['.', ...[...others].sort(compareText)];
}

/** Namespaces whose sidecars are led to the gateway. While it moves its waypoint is not to be led there, which would come under its own name. */
export function routeVisibleIn(party: PartyFacts, settled: Settled): string[] {
  const [own, ...others] = visibleIn(party, settled);
  const { namespace, namespaceName } = settled.party(party);
  const isCalledAtHome = settled.callsTo(party).some(({ caller }) => caller.namespaceName === namespaceName);
  if (!namespace.migration || isCalledAtHome) return [own, ...others];
  return others.length > 0 ? others : ['~'];
}

/** Of a host behind a gateway that moves: callers that are in ambient mode first are sent to its waypoint, though its namespace sends nobody there yet. */
function waypointOnTheWay({ through, namespace, waypoint }: Party): WaypointFacts | undefined {
  return through && namespace.migration && !planeOf(namespace).sendsToWaypoints ? waypoint : undefined;
}

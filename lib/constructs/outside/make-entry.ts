import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import { USE_WAYPOINT } from '../../istio/labels';
import type { PartyFacts } from '../../model/party';
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
  const labels = party.isStraightOut ? { labels: { [USE_WAYPOINT]: noWaypoint } } : {};
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

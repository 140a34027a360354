import type { Settled } from '../../graph/settled';
import { GLOBAL, INGRESS_USE_WAYPOINT, USE_WAYPOINT } from '../../istio/labels';
import { labelledWaypoint } from '../../planes/own-waypoints';
import { planeOf } from '../../planes/plane-of';
import { lazy } from '../tree/lazy';
import type { PartyKind } from '../../model/access/party-kind';
import type { PartyFacts } from '../../model/party';

/** Labels of the Services of a party; one without a value is not written. */
export interface ServiceLabels {
  /** Of the one that it is called by. */
  readonly apex: Readonly<Record<string, string | undefined>>;
  /** Of those that single out one version. */
  readonly versions: Readonly<Record<string, string | undefined>>;
}

// A gateway of another program is known by its identity alone, or is one of many.
const MAY_BE_GATEWAYS: readonly PartyKind[] = ['gateway', 'identity', 'anyone', 'callers'];

/** How a Service stands to the waypoint of its namespace, or to its own. Without the first label requests from a gateway pass by it, and so by its policies and routes. */
export function serviceLabels(settled: Settled, party: PartyFacts): ServiceLabels {
  const { namespace, guardedNames } = settled.party(party);
  const isGuarded = guardedNames?.includes(party.name) ?? false;
  const comesIn = mayComeIn(settled, party) || settled.isEntered(party, party.name);
  const around = settled.namespaceNamed(party.namespaceName)!;
  const own = labelledWaypoint(party, guardedNames ?? [], party.name, around);
  const versions = { ...scopeLabels(party), [USE_WAYPOINT]: namespace.waypoint && !isGuarded ? 'none' : own };
  return { apex: { ...versions, [INGRESS_USE_WAYPOINT]: comesIn && isGuarded ? 'true' : undefined }, versions };
}

/** ztunnel and waypoints of other clusters know a Service by it alone. */
export const scopeLabels = ({ scope }: PartyFacts): Readonly<Record<string, string>> => (scope === 'GLOBAL' ? { [GLOBAL]: 'true' } : {});

function mayComeIn(settled: Settled, party: PartyFacts): boolean {
  return settled.callsTo(party).some(({ caller, plaintext }) => !plaintext && MAY_BE_GATEWAYS.includes(caller.kind));
}

/** Labels of the Service of one version: what comes in through a gateway by a route to it alone, or by shares that the gateway makes, passes the waypoint, too. */
export function versionServiceLabels(party: PartyFacts, name: string, settled: () => Settled): Readonly<Record<string, string>> {
  const led = lazy(() => {
    const { namespace, guardedNames } = settled().party(party);
    const isGuarded = guardedNames?.includes(name) ?? false;
    const isShared = !planeOf(namespace).routesAtWaypoint && mayComeIn(settled(), party);
    return (isGuarded && (isShared || settled().isEntered(party, name)) ? 'true' : undefined) as string;
  });
  const own = lazy(() => {
    const { guardedNames = [] } = settled().party(party);
    return labelledWaypoint(party, guardedNames, name, settled().namespaceNamed(party.namespaceName)!) as string;
  });
  return { [INGRESS_USE_WAYPOINT]: led, ...(party.ownWaypoint ? { [USE_WAYPOINT]: own } : {}) };
}

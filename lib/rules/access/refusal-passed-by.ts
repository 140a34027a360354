import { mayBeBoth } from '../../model/access/many-callers';
import type { Hop } from '../../model/hop';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { hasPolicies } from '../../model/namespace-facts';
import type { Party } from '../../model/party';
import { partyText, portText } from '../call-words';
import { groupedBy } from '../../support/grouping';
import { type Report, rule } from '../rule';
import { CLOSE, fixFor, isPastWaypoint, NOTHING_CLOSED } from '../ways-past';

export const refusalPassedBy = rule({
  code: 'MESH212',
  level: 'error',
  title: 'denied requests that can bypass the waypoint',

  check(model: MeshModel, report) {
    const refusals = groupedBy(model.calls.filter(refusesByHttp), ({ callee }) => callee.key);
    const grants = groupedBy(
      model.calls.filter(({ action }) => action === 'ALLOW'),
      ({ callee }) => callee.key,
    );
    for (const [callee, refused] of refusals) checkCallee(refused, grants.get(callee) ?? [], report);
  },
});

function checkCallee(refusals: readonly CallModel[], grants: readonly CallModel[], report: Report): void {
  const direct = grants.filter(isPastWaypoint);
  const isOpen = hasOpenPods(refusals[0].callee, grants);
  for (const refusal of refusals) {
    const past = direct.filter((call) => goesPast(call, refusal)).map(({ caller }) => caller);
    if (past.length > 0) report({ on: refusal, message: messageOf(refusal), got: callersText(past, refusal), fix: fixFor(past) });
    else if (isOpen) report({ on: refusal, message: messageOf(refusal), got: NOTHING_CLOSED, fix: CLOSE });
  }
}

// Of bytes the waypoint asks somebody as well; a mark for the log decides nothing.
function refusesByHttp({ action, http, hops, callee }: CallModel): boolean {
  if (action === 'CUSTOM' && !http) return callee.waypoint !== undefined;
  const isRefusal = action === 'DENY' || action === 'CUSTOM';
  return isRefusal && http !== undefined && hops.some(({ enforcement }) => enforcement?.readsHttp) && !hops.some(isAtPods);
}

// While pods have sidecars it stands at the pods as well, where ztunnel makes of it a refusal of the whole port.
function isAtPods({ enforcement }: Hop): boolean {
  return enforcement !== undefined && enforcement.readsHttp && 'selector' in enforcement.attachment;
}

// One grant at the pods, whoever it is for, closes them to everybody else.
function hasOpenPods({ owned, namespace, waypoint }: Party, grants: readonly CallModel[]): boolean {
  const closes = ({ hops }: CallModel): boolean => hops.some(({ enforcement }) => enforcement && 'selector' in enforcement.attachment);
  // On the way to its last stage all pods are open, and another rule says so.
  return owned && waypoint !== undefined && !hasPolicies(namespace) && !grants.some(closes);
}

// Who is refused by name, and only by name, concerns no other caller; who is let in as anyone may be the one that is refused.
function goesPast({ caller, ports }: CallModel, refusal: CallModel): boolean {
  return mayBeBoth(caller, refusal.caller) && ports.some(({ number }) => refusal.ports.some((port) => port.number === number));
}

function messageOf({ callee, provider }: CallModel): string {
  const what = provider === undefined ? 'denied requests' : `requests that ${provider} is asked about`;
  return `${what} to ${partyText(callee)} can bypass its waypoint and reach the pods, where no proxy reads HTTP`;
}

function callersText(past: readonly Party[], { ports }: CallModel): string {
  return `${[...new Set(past.map(partyText))].sort().join(', ')} may connect to the pods on ${portText(ports)}`;
}

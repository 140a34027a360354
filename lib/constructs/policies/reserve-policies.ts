import { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import type { CallStatement } from '../../model/call';
import type { Enforcement } from '../../model/hop';
import type { PartyFacts } from '../../model/party';
import { renderAuthorizationPolicy } from '../../render/policies/authorization-policy';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot, type Wanted } from '../tree/slot';

type Action = CallStatement['action'];

/** Policies that are attached in one way: what they are called after the service, and by which ids they are found, by what they do. */
interface PolicyPlace {
  readonly attachedBy: 'selector' | 'targetRefs';
  readonly suffix: string;
  readonly ids: Readonly<Record<Action, string>>;
}

const OWN_IDS = { ALLOW: 'Resource', DENY: 'Deny' };

// The policy of the pods is one object in either plane and keeps its name, so that nothing of another plane stays behind at the pods. At a waypoint it is
// another object: as one, server-side apply would leave `selector` beside `targetRefs`, which the API server refuses.
const PODS: PolicyPlace = { attachedBy: 'selector', suffix: '', ids: OWN_IDS };
const WAYPOINT: PolicyPlace = { attachedBy: 'targetRefs', suffix: '-waypoint', ids: { ALLOW: 'Waypoint', DENY: 'WaypointDeny' } };
const WITHOUT_PODS: PolicyPlace = { attachedBy: 'targetRefs', suffix: '', ids: OWN_IDS };

/** Room for the AuthorizationPolicies of one callee: one for each proxy that has something to check, and for each action. */
export function reservePolicies(scope: Construct, callee: PartyFacts): void {
  const places = callee.podLabels ? [PODS, WAYPOINT] : [WITHOUT_PODS];
  new Slot(scope, 'Authorization', (settled) =>
    places
      .filter(isNeeded(settled, callee, 'ALLOW'))
      .map((place) => ({ id: place.ids.ALLOW, make: (at, id) => makePolicy(at, id, callee, place, 'ALLOW') })),
  );
  new Slot(scope, 'Access', (settled) =>
    places.filter(isNeeded(settled, callee, 'DENY')).map((place) => ({
      id: place.ids.DENY,
      make: (at, id) => makePolicy(new Construct(at, id), 'Resource', callee, place, 'DENY'),
    })),
  );
}

function isNeeded(settled: Settled, callee: PartyFacts, action: Action): (place: PolicyPlace) => boolean {
  return (place) => enforcements(settled, callee, place, action).length > 0;
}

function makePolicy(scope: Construct, id: string, callee: PartyFacts, place: PolicyPlace, action: Action): ReturnType<Wanted['make']> {
  const metadata = { name: `${callee.name}${place.suffix}${action === 'DENY' ? '-deny' : ''}`, namespace: callee.namespaceName };
  const spec = lazy(() => renderAuthorizationPolicy(action, enforcements(settledOf(scope), callee, place, action)));
  return makeObject(scope, id, security.AuthorizationPolicy, metadata, spec);
}

function enforcements(settled: Settled, callee: PartyFacts, { attachedBy }: PolicyPlace, action: Action): Enforcement[] {
  const found = settled
    .callsTo(callee)
    .filter((call) => call.action === action)
    .flatMap(({ hops }) => hops.flatMap(({ enforcement }) => enforcement ?? []))
    .filter(({ attachment }) => attachedBy in attachment);
  // Where all is open, a policy for one port would close the others.
  const isClosed = settled.party(callee).namespace.zeroTrust || found.some(({ anybody }) => !anybody);
  return isClosed ? found : [];
}

import { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import type { Settled } from '../../graph/settled';
import { settledOf } from '../../graph/settle';
import type { CallStatement } from '../../model/call';
import type { Enforcement, PolicyRole } from '../../model/hop';
import type { PartyFacts } from '../../model/party';
import { renderAuthorizationPolicy } from '../../render/policies/authorization-policy';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot, type Wanted } from '../tree/slot';

interface PolicyKind {
  readonly id: string;
  readonly role: PolicyRole;
  readonly action: CallStatement['action'];
  readonly suffix: string;
}

// No policy at the waypoint has the name of one at the pods: attached elsewhere it is another object. Were it one, server-side apply would leave
// `selector` beside `targetRefs`, which the API server refuses.
const MAIN: readonly PolicyKind[] = [
  { id: 'Resource', role: 'main', action: 'ALLOW', suffix: '' },
  { id: 'Waypoint', role: 'waypoint', action: 'ALLOW', suffix: '-waypoint' },
];
const OTHERS: readonly PolicyKind[] = [
  { id: 'Deny', role: 'main', action: 'DENY', suffix: '-deny' },
  { id: 'WaypointDeny', role: 'waypoint', action: 'DENY', suffix: '-waypoint-deny' },
  { id: 'WaypointOnly', role: 'waypoint-only', action: 'ALLOW', suffix: '-waypoint-only' },
  { id: 'Direct', role: 'direct', action: 'ALLOW', suffix: '-direct' },
  { id: 'DirectDeny', role: 'direct', action: 'DENY', suffix: '-direct-deny' },
];

/** Room for the AuthorizationPolicies of one callee: one for each proxy that has something to check, and for each action. */
export function reservePolicies(scope: Construct, callee: PartyFacts): void {
  new Slot(scope, 'Authorization', (settled) => MAIN.filter(isNeeded(callee, settled)).map((kind) => wanted(callee, kind)));
  new Slot(scope, 'Access', (settled) =>
    OTHERS.filter(isNeeded(callee, settled)).map((kind) => {
      const { make } = wanted(callee, kind);
      return { id: kind.id, make: (at, id) => make(new Construct(at, id), 'Resource') };
    }),
  );
}

function isNeeded(callee: PartyFacts, settled: Settled): (kind: PolicyKind) => boolean {
  return (kind) => enforcements(settled, callee, kind).length > 0;
}

function wanted(callee: PartyFacts, kind: PolicyKind): Wanted {
  const metadata = { name: `${callee.name}${kind.suffix}`, namespace: callee.namespaceName };
  return {
    id: kind.id,
    make: (scope, id) => {
      const spec = lazy(() => renderAuthorizationPolicy(kind.action, enforcements(settledOf(scope), callee, kind)));
      return makeObject(scope, id, security.AuthorizationPolicy, metadata, spec);
    },
  };
}

function enforcements(settled: Settled, callee: PartyFacts, { role, action }: PolicyKind): Enforcement[] {
  return settled
    .callsTo(callee)
    .filter((call) => call.action === action)
    .flatMap(({ hops }) => hops.flatMap(({ enforcement }) => enforcement ?? []))
    .filter((enforcement) => enforcement.role === role);
}

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

interface PolicyKind {
  readonly id: string;
  readonly attachedBy: 'selector' | 'targetRefs';
  readonly suffix: string;
}

// The policy of the pods is one object in either plane and keeps its name, so that nothing of another plane stays behind at the pods. At a waypoint it is
// another object: as one, server-side apply would leave `selector` beside `targetRefs`, which the API server refuses.
const PODS: PolicyKind = { id: '', attachedBy: 'selector', suffix: '' };
const WAYPOINT: PolicyKind = { id: 'Waypoint', attachedBy: 'targetRefs', suffix: '-waypoint' };
const WITHOUT_PODS: PolicyKind = { id: '', attachedBy: 'targetRefs', suffix: '' };

/** Room for the AuthorizationPolicies of one callee: one for each proxy that has something to check, and for each action. */
export function reservePolicies(scope: Construct, callee: PartyFacts): void {
  const kinds = callee.podLabels ? [PODS, WAYPOINT] : [WITHOUT_PODS];
  new Slot(scope, 'Authorization', (settled) =>
    kinds
      .filter(isNeeded(settled, callee, 'ALLOW'))
      .map((kind) => ({ id: kind.id || 'Resource', make: (at, id) => makePolicy(at, id, callee, kind, 'ALLOW') })),
  );
  new Slot(scope, 'Access', (settled) =>
    kinds.filter(isNeeded(settled, callee, 'DENY')).map((kind) => ({
      id: `${kind.id}Deny`,
      make: (at, id) => makePolicy(new Construct(at, id), 'Resource', callee, kind, 'DENY'),
    })),
  );
}

type Action = CallStatement['action'];

function isNeeded(settled: Settled, callee: PartyFacts, action: Action): (kind: PolicyKind) => boolean {
  return (kind) => enforcements(settled, callee, kind, action).length > 0;
}

function makePolicy(scope: Construct, id: string, callee: PartyFacts, kind: PolicyKind, action: Action): ReturnType<Wanted['make']> {
  const metadata = { name: `${callee.name}${kind.suffix}${action === 'DENY' ? '-deny' : ''}`, namespace: callee.namespaceName };
  const spec = lazy(() => renderAuthorizationPolicy(action, enforcements(settledOf(scope), callee, kind, action)));
  return makeObject(scope, id, security.AuthorizationPolicy, metadata, spec);
}

function enforcements(settled: Settled, callee: PartyFacts, { attachedBy }: PolicyKind, action: Action): Enforcement[] {
  return settled
    .callsTo(callee)
    .filter((call) => call.action === action)
    .flatMap(({ hops }) => hops.flatMap(({ enforcement }) => enforcement ?? []))
    .filter(({ attachment }) => attachedBy in attachment);
}

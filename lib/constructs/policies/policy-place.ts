import type { Settled } from '../../graph/settled';
import type { CallStatement } from '../../model/call';
import type { Attachment, Enforcement, TargetRef } from '../../model/hop';
import { hasPolicies, type PlaneFacts } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { closedAtWaypoint } from '../../planes/ambient/closed-at-waypoint';

type Action = CallStatement['action'];

/** Policies that are attached in one way: what they are called after the service, and by which ids they are found, by what they do. */
export interface PolicyPlace {
  readonly attachedBy: 'selector' | 'targetRefs';
  /** For pods that cannot ask an authorizer. */
  readonly isUnasked?: boolean;
  /** What its policies may be for; absent where that is all alike. */
  readonly isFor?: (target: TargetRef) => boolean;
  readonly suffix: string;
  readonly ids: Readonly<Record<Action, string>>;
}

const OWN_IDS = { ALLOW: 'Resource', DENY: 'Deny', CUSTOM: 'Ask', AUDIT: 'Audit', DRY_RUN: 'DryRun' };

// The policy of the pods is one object in either plane and keeps its name, so that nothing of another plane stays behind at the pods. At a waypoint it is
// another object: as one, server-side apply would leave `selector` beside `targetRefs`, which the API server refuses.
const PODS: PolicyPlace = { attachedBy: 'selector', suffix: '', ids: OWN_IDS };
const WAYPOINT: PolicyPlace = {
  attachedBy: 'targetRefs',
  suffix: '-waypoint',
  ids: { ALLOW: 'Waypoint', DENY: 'WaypointDeny', CUSTOM: 'WaypointAsk', AUDIT: 'WaypointAudit', DRY_RUN: 'WaypointDryRun' },
};
const UNASKED: PolicyPlace = {
  attachedBy: 'selector',
  isUnasked: true,
  suffix: '-unasked',
  ids: { ALLOW: 'Unasked', DENY: 'UnaskedDeny', CUSTOM: 'UnaskedAsk', AUDIT: 'UnaskedAudit', DRY_RUN: 'UnaskedDryRun' },
};
const WITHOUT_PODS: PolicyPlace = { attachedBy: 'targetRefs', suffix: '', ids: OWN_IDS };
// While an egress gateway moves it has two forms, with a policy each; the one of the sidecars keeps its name.
const AT_GATEWAY: PolicyPlace = { ...WITHOUT_PODS, isFor: ({ kind }) => kind === 'Gateway' };
const BESIDE_GATEWAY: PolicyPlace = { ...WAYPOINT, isFor: ({ kind }) => kind !== 'Gateway' };

/** Where policies of a callee may be. */
export function placesOf(callee: PartyFacts, { migration }: Pick<PlaneFacts, 'migration'> = {}): readonly PolicyPlace[] {
  if (callee.podLabels) return [PODS, WAYPOINT, UNASKED];
  return callee.through && migration ? [AT_GATEWAY, BESIDE_GATEWAY] : [WITHOUT_PODS];
}

/** What the proxy of a place has to check. */
export function enforcementsAt(
  settled: Settled,
  callee: PartyFacts,
  { attachedBy, isUnasked = false, isFor = () => true }: PolicyPlace,
  action: Action,
): Enforcement[] {
  // Pods that cannot ask refuse, and nothing else.
  if (isUnasked && action !== 'DENY') return [];
  const asked = settled
    .callsTo(callee)
    .filter((call) => call.action === (isUnasked ? 'CUSTOM' : action))
    .flatMap(({ hops }) => hops.flatMap(({ enforcement }) => enforcement ?? []));
  const found = asked.filter(
    ({ attachment, unasked = false }) => attachedBy in attachment && unasked === isUnasked && targetsOf(attachment).every(isFor),
  );
  const party = settled.party(callee);
  // Where all is open, a policy for one port would close the others.
  if (hasPolicies(party.namespace) || found.some(({ anybody }) => !anybody)) return found;
  if (party.isGuarded && attachedBy === 'selector' && action === 'ALLOW') return closedPods(party);
  return attachedBy === 'targetRefs' && action === 'ALLOW' ? closedAtWaypoint(party, asked) : [];
}

function targetsOf(attachment: Attachment): readonly TargetRef[] {
  return 'targetRefs' in attachment ? attachment.targetRefs : [];
}

// Whom nobody may call is open to all that nothing closes.
function closedPods({ podLabels = {}, namespaceName }: PartyFacts): Enforcement[] {
  return [{ attachment: { selector: podLabels }, namespaceName, ports: [], readsHttp: false }];
}

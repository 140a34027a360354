import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import type { CallListener, MeshRegistry } from '../../graph/mesh-registry';
import type { Call } from '../../model/call';
import type { Enforcement, PolicyRole } from '../../model/hop';
import type { Party } from '../../model/party';
import { hopsOf } from '../../planes/plane-of';
import { renderAuthorizationPolicy } from '../../render/policies/authorization-policy';
import { makeObject } from '../tree/make-object';
import { lazy } from '../tree/lazy';
import { Slot } from '../tree/slot';

interface PolicyKind {
  readonly placeId: string;
  readonly role: PolicyRole;
  readonly action: Call['action'];
  readonly suffix: string;
}

const MAIN: PolicyKind = { placeId: 'Authorization', role: 'main', action: 'ALLOW', suffix: '' };
const KINDS: readonly PolicyKind[] = [
  MAIN,
  { placeId: 'Deny', role: 'main', action: 'DENY', suffix: '-deny' },
  { placeId: 'WaypointOnly', role: 'waypoint-only', action: 'ALLOW', suffix: '-waypoint-only' },
  { placeId: 'Direct', role: 'direct', action: 'ALLOW', suffix: '-direct' },
  { placeId: 'DirectDeny', role: 'direct', action: 'DENY', suffix: '-direct-deny' },
];

/** The AuthorizationPolicies of one callee, each made when the first call touches the proxy that enforces it. */
export class CalleePolicies implements CallListener {
  private readonly places: Map<PolicyKind, Slot>;
  private readonly others: Slot;

  constructor(
    scope: Construct,
    private readonly party: Party,
    private readonly registry: MeshRegistry,
  ) {
    this.places = new Map([[MAIN, new Slot(scope, MAIN.placeId)]]);
    this.others = new Slot(scope, 'Access');
    registry.homes.get(party.home.name)?.whenWaypoint(() => this.rearrange());
  }

  onCall(call: Call): void {
    for (const hop of hopsOf(call)) {
      const kind = KINDS.find(({ role, action }) => hop.enforcement?.role === role && call.action === action);
      if (kind) this.placeOf(kind).fill((at, id) => this.make(at, id, kind));
    }
  }

  /** The same calls may be enforced elsewhere now: what has nothing left to say goes, as if it had never been needed. */
  rearrange(): void {
    for (const [kind, place] of this.places) {
      if (!place.isEmpty && this.enforcements(kind).length === 0) place.clear();
    }
    this.registry.callsTo(this.party).forEach((call) => this.onCall(call));
  }

  // Most services never need more than one policy: room for the others, in their order, is made when the first of them is.
  private placeOf(kind: PolicyKind): Slot {
    if (!this.places.has(kind)) {
      for (const other of KINDS.slice(1)) this.places.set(other, new Slot(this.others, other.placeId));
    }
    return this.places.get(kind)!;
  }

  private make(scope: Construct, id: string, kind: PolicyKind): ApiObject {
    const metadata = { name: `${this.party.name}${kind.suffix}`, namespace: this.party.namespaceName };
    const spec = lazy(() => renderAuthorizationPolicy(kind.action, this.enforcements(kind)));
    return makeObject(scope, id, security.AuthorizationPolicy, metadata, spec);
  }

  private enforcements({ role, action }: PolicyKind): Enforcement[] {
    return this.registry
      .callsTo(this.party)
      .filter((call) => call.action === action)
      .flatMap((call) => hopsOf(call))
      .map((hop) => hop.enforcement)
      .filter((enforcement) => enforcement !== undefined)
      .filter((enforcement) => enforcement.role === role);
  }
}

import type { Call } from '../model/call';
import type { Hop } from '../model/hop';
import type { PlaneFacts } from '../model/namespace-facts';
import { AMBIENT } from './ambient/ambient';
import { acrossClusters } from './clusters/across-clusters';
import type { MeshClusters } from './clusters/other-clusters';
import { joined, refusedInBoth, statesOf, unaskedAtPods } from './migrating/both-ways';
import { ARRIVING, LEAVING } from './migrating/migrating';
import { externalHops, unmeshedHops } from './outside/outside';
import { plaintextHop } from './plaintext';
import type { Plane } from './plane';
import { SIDECAR } from './sidecar/sidecar';
import { type TrustDomains, underAliases } from './trust-domains';

const PLANES = { sidecar: SIDECAR, ambient: AMBIENT, unknown: SIDECAR };
const MOVING = { sidecar: LEAVING, ambient: ARRIVING, unknown: LEAVING };

export function planeOf({ mode, migration }: PlaneFacts): Plane {
  return (migration ? MOVING : PLANES)[mode];
}

/** Some of its pods have no proxy of their own, now or on the way. */
export function usesZtunnel(plane: PlaneFacts): boolean {
  return !planeOf(plane).podsHoldProxies || plane.migration !== undefined;
}

/** Whether two words about the plane of a namespace mean the same. */
export function isSamePlane(one: PlaneFacts, other: PlaneFacts): boolean {
  return planeOf(one) === planeOf(other) && one.migration?.wave === other.migration?.wave;
}

/** The connections of a call in a mesh that may be known by several trust domains, and have several clusters. */
export function hopsUnder(domains: TrustDomains & MeshClusters, call: Call): readonly Hop[] {
  const hops = acrossClusters(hopsOf(call), call, domains);
  return planeOf(call.callee.namespace).comparesIdentities ? hops.map((hop) => underAliases(hop, domains)) : hops;
}

/** The connections of a call, wherever it goes; while its ends move, those of all planes that they may be in. */
export function hopsOf(call: Call): readonly Hop[] {
  const states = statesOf(call);
  if (states.length === 1) return hopsIn(states[0]);
  return joined(states.flatMap((state) => [...hopsIn(state).map((hop) => refusedInBoth(hop, state)), ...unaskedAtPods(state)]));
}

function hopsIn(call: Call): readonly Hop[] {
  if (call.callee.kind === 'external') return externalHops(call);
  if (call.callee.kind === 'unmeshed') return unmeshedHops(call);
  if (call.plaintext) return [plaintextHop(call)];
  return PLANES[call.callee.namespace.mode].hops(call);
}

import type { Call } from '../model/call';
import type { Hop } from '../model/hop';
import type { DataPlaneMode } from '../model/namespace-facts';
import { AMBIENT } from './ambient/ambient';
import { externalHops, unmeshedHops } from './outside/outside';
import { plaintextHop } from './plaintext';
import type { Plane } from './plane';
import { SIDECAR } from './sidecar/sidecar';

const PLANES = { sidecar: SIDECAR, ambient: AMBIENT, unknown: SIDECAR };

export function planeOf({ mode }: { readonly mode: DataPlaneMode }): Plane {
  return PLANES[mode];
}

/** The connections of a call, wherever it goes. */
export function hopsOf(call: Call): readonly Hop[] {
  if (call.callee.kind === 'external') return externalHops(call);
  if (call.callee.kind === 'unmeshed') return unmeshedHops(call);
  if (call.plaintext) return [plaintextHop(call)];
  return planeOf(call.callee.namespace).hops(call);
}

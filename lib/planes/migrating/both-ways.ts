import { DATAPLANE_MODE } from '../../istio/labels';
import { HBONE } from '../../istio/ports';
import type { Call } from '../../model/call';
import type { Hop } from '../../model/hop';
import { type DataPlaneMode, waypointsAt } from '../../model/namespace-facts';
import type { Party } from '../../model/party';
import { besidesWaypoint } from '../besides-waypoint';
import { peerOf } from '../peers';

/** The same call for each plane that the pods of either end may be in while they move. */
export function statesOf(call: Call): Call[] {
  const { caller, callee } = call;
  return standings(caller).flatMap((from) => standings(callee).map((to) => ({ ...call, caller: from, callee: to })));
}

/** Each connection once, with the ports of all. */
export function joined(hops: readonly Hop[]): Hop[] {
  const groups = new Map<string, Hop>();
  for (const hop of hops) {
    const { networkPorts, ...connection } = hop;
    const key = JSON.stringify(connection);
    const known = groups.get(key)?.networkPorts ?? [];
    groups.set(key, { ...hop, networkPorts: [...known, ...networkPorts.filter((port) => !known.includes(port))] });
  }
  return [...groups.values()];
}

/**
 * A refusal as sidecars have it, which pods that have arrived in ambient mode have by the same labels: it is for the waypoint in neither form. ztunnel makes one of the
 * whole port of what is refused by methods or paths.
 */
export function refusedInBoth(hop: Hop, call: Call): Hop {
  const { enforcement } = hop;
  if (!enforcement || !('selector' in enforcement.attachment)) return hop;
  return { ...hop, enforcement: { ...enforcement, ...besidesWaypoint(call) } };
}

/**
 * At pods that have arrived in ambient mode nobody asks an authorizer: ztunnel passes such a policy over. Who comes to them past the waypoint, which has asked, is refused there.
 */
export function unaskedAtPods({ action, caller, callee, ports }: Call): Hop[] {
  const { waypoint, namespace, namespaceName, podLabels = {} } = callee;
  if (action !== 'CUSTOM' || !waypoint || namespace.mode !== 'ambient') return [];
  const selector = { ...podLabels, [DATAPLANE_MODE]: 'ambient' };
  const besides = waypointsAt(waypoint).map(({ principal }) => principal);
  const targets = ports.map(({ targetPort }) => targetPort);
  const enforcement = { attachment: { selector }, namespaceName, ports: targets, readsHttp: false, besides, unasked: true };
  return [{ from: peerOf(caller), to: peerOf(callee), networkPorts: [HBONE], enforcement }];
}

const MODES: readonly DataPlaneMode[] = ['sidecar', 'ambient'];

function standings(party: Party): Party[] {
  if (!party.namespace.migration) return [party];
  return MODES.map((mode) => ({ ...party, namespace: { ...party.namespace, mode } }));
}

import { DATAPLANE_MODE } from '../../istio/labels';
import { HBONE } from '../../istio/ports';
import type { Call } from '../../model/call';
import type { Hop } from '../../model/hop';
import type { DataPlaneMode } from '../../model/namespace-facts';
import type { Party } from '../../model/party';
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

/** A refusal by methods or paths at the pods. ztunnel makes of it one of the whole port, which must not be for the waypoint: it has read the request. */
export function besidesWaypoint(hop: Hop, { action, callee }: Call): Hop {
  const { enforcement } = hop;
  if (action !== 'DENY' || !callee.waypoint || !enforcement?.http || enforcement.principal !== undefined) return hop;
  if (!('selector' in enforcement.attachment)) return hop;
  return { ...hop, enforcement: { ...enforcement, besides: callee.waypoint.principal } };
}

/**
 * At pods that have arrived in ambient mode nobody asks an authorizer: ztunnel passes such a policy over. Who comes to them past the waypoint, which has asked, is refused there.
 */
export function unaskedAtPods({ action, caller, callee, ports }: Call): Hop[] {
  const { waypoint, namespace, namespaceName, podLabels = {} } = callee;
  if (action !== 'CUSTOM' || !waypoint || namespace.mode !== 'ambient') return [];
  const selector = { ...podLabels, [DATAPLANE_MODE]: 'ambient' };
  const besides = waypoint.principal;
  const targets = ports.map(({ targetPort }) => targetPort);
  const enforcement = { attachment: { selector }, namespaceName, ports: targets, readsHttp: false, besides, unasked: true };
  return [{ from: peerOf(caller), to: peerOf(callee), networkPorts: [HBONE], enforcement }];
}

const MODES: readonly DataPlaneMode[] = ['sidecar', 'ambient'];

function standings(party: Party): Party[] {
  if (!party.namespace.migration) return [party];
  return MODES.map((mode) => ({ ...party, namespace: { ...party.namespace, mode } }));
}

import type { CallModel } from '../../../model/mesh-model';
import type { Party } from '../../../model/party';
import { hasSidecars, isAmbient } from '../../planes';

/** Numbers of ports of a host outside that are called with bytes, which carry no name. */
export function bytesPorts({ ports }: Pick<Party, 'ports'>): number[] {
  return ports.filter(({ appProtocol }) => appProtocol === 'tcp').map(({ number }) => number);
}

/** A host of which a sidecar sees nothing when it is called with bytes: any address may be its own. */
export function hasNothingButName({ kind, knownAddresses, host }: Party): boolean {
  return kind === 'external' && knownAddresses === undefined && host !== undefined;
}

/** A host each of whose addresses gets a listener of its own; blocks share that of all addresses. */
export function hasOwnListeners({ knownAddresses }: Party): boolean {
  return knownAddresses !== undefined && knownAddresses.every((block) => block.endsWith(block.includes(':') ? '/128' : '/32'));
}

export function isSeenBySidecar({ caller, callee, action }: CallModel): boolean {
  return callee.kind === 'external' && callee.host !== undefined && action === 'ALLOW' && hasSidecars(caller.namespace);
}

/**
 * How a sidecar is told where some hosts are. Addresses help where it takes them: not of what a gateway or TLS has to look up, nor of hosts declared in ambient
 * mode, where names have addresses of their own.
 */
export function toldApart(callees: readonly Party[]): string {
  if (callees.some(({ through }) => through))
    return 'have the callers and the gateway in ambient mode, where each name has an address of its own; or call hosts on this port from workloads of their own';
  return callees.some(isLookedUp)
    ? 'declare what is called with bytes as an ExternalNetwork with its addresses: the sidecar tells connections apart by these'
    : 'say the addresses of each of them: the sidecar tells connections apart by these';
}

function isLookedUp({ addresses, knownAddresses, ports, namespace }: Party): boolean {
  if (knownAddresses) return false;
  return addresses !== undefined || ports.some(({ origination }) => origination !== undefined) || isAmbient(namespace);
}

import type { PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';

/** Istio's words for what is spoken with a host outside, by our own. */
const PROTOCOLS: Readonly<Record<string, string>> = { tls: 'TLS', http: 'HTTP', tcp: 'TCP' };

/** How hosts of a ServiceEntry are found: by DNS, by the application itself, or, one for each name under a wildcard, by the proxy. */
export type Resolution = 'DNS' | 'NONE' | 'DYNAMIC_DNS';

export function protocolOf({ appProtocol }: Port): string {
  return PROTOCOLS[appProtocol];
}

/** No proxy of the mesh handles it. */
export function isUdp({ appProtocol }: Port): boolean {
  return appProtocol === 'udp';
}

/** Bytes that carry no name of a host. */
export function isBytes({ appProtocol }: Port): boolean {
  return appProtocol === 'tcp';
}

/** A proxy begins TLS with it: the host has another port than the one that is called. */
export function originatesTls({ origination }: Port): boolean {
  return origination !== undefined;
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*.');
}

/** What a ServiceEntry says of where its hosts are. */
export interface Whereabouts {
  readonly resolution: Resolution;
  readonly addresses?: readonly string[];
}

/**
 * Bytes without a name are told apart by address alone: in the proxies of pods, which see what the application dials, by the blocks of addresses. Where
 * names get addresses from the mesh (`namesHaveAddresses`), each host has one of its own already.
 */
export function whereaboutsOf(party: PartyFacts, isBehindWaypoint: boolean, namesHaveAddresses: boolean): Whereabouts {
  const { host = '', ports, addresses, isStraightOut, through } = party;
  if (isWildcard(host)) return { resolution: isBehindWaypoint && ports.every(({ readsHttp }) => readsHttp) ? 'DYNAMIC_DNS' : 'NONE' };
  if (isStraightOut) return { resolution: 'NONE', addresses };
  // What a gateway is sent has the gateway's own address: it has to look the name up.
  if (through) return { resolution: 'DNS' };
  const isByAddress = addresses !== undefined && !namesHaveAddresses && ports.some(isBytes) && !ports.some(originatesTls);
  return isByAddress ? { resolution: 'NONE', addresses } : { resolution: 'DNS' };
}

import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { ListenerFacts } from '../../../model/edge/listener';
import { CallSite } from '../../../support/call-site';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import type { ICaller } from '../../../values/access/caller';
import { IP_BLOCKS, type IpBlocks } from '../../../values/access/ip-blocks';
import { checkedRequests, readsRequests } from './checked-requests';
import { GATEWAY_REQUESTS, type GatewayRequests } from './gateway-requests';

/** What a gateway knows of those before it, and on which ports it reads requests. */
export interface ClientsPlace {
  readonly listeners: readonly ListenerFacts[];
  readonly ports: readonly number[];
  /** Proxies before it that note their clients. */
  readonly trustedProxies?: number;
  /** Nodes hand connections on as they came. */
  readonly keepsClientAddress?: boolean;
}

/** Has a gateway refuse some clients by their addresses, or all others. */
export function refuseClients(
  at: Construct & ICaller,
  clients: IpBlocks,
  { requests, others }: { readonly requests: GatewayRequests; readonly others: boolean },
  place: ClientsPlace,
): void {
  requireArguments(at, { clients }, { clients: IP_BLOCKS });
  requireOptions(at, requests, GATEWAY_REQUESTS);
  const isOfAll = requests.hosts === undefined && requests.http === undefined;
  const meant = isOfAll ? { hosts: [] } : checkedRequests(at, requests, place.ports);
  const graph = MeshGraph.of(at);
  const { trustedProxies = 0, keepsClientAddress = false } = place;
  const areSeen = keepsClientAddress || (clients._facts.field === 'remoteIpBlocks' && trustedProxies > 0);
  const facts = { ...clients._facts, others, areSeen, bytesOn: isOfAll ? undefined : portOfBytes(place) };
  graph.addGatewayCheck({
    gateway: partyOf(at, at, graph),
    action: 'DENY',
    clients: facts,
    ...meant,
    path: at.node.path,
    site: CallSite.here(),
  });
}

// Of a refusal istiod leaves the part about requests out where none are read, and so refuses every connection there.
function portOfBytes({ listeners, ports }: ClientsPlace): number | undefined {
  const isRead = new Set(listeners.filter(readsRequests).map(({ port }) => port));
  return ports.length === 0
    ? undefined
    : listeners.find((listener) => !readsRequests(listener) && isRead.has(listener.port) && listener.kind !== 'redirect')?.port;
}

import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { ListenerFacts } from '../../../model/edge/listener';
import { CallSite } from '../../../support/call-site';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import type { ICaller } from '../../../values/access/caller';
import { IP_BLOCKS, type IpBlocks } from '../../../values/access/ip-blocks';
import { checkedRequests } from './checked-requests';
import { GATEWAY_REQUESTS, type GatewayRequests } from './gateway-requests';
import { portOfBytes } from './ports-of-bytes';

/** What a gateway knows of those before it, and on which ports it reads requests. */
export interface ClientsPlace {
  /** Those that others add later are among them, too. */
  listeners(): readonly ListenerFacts[];
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
  const facts = { ...clients._facts, others, areSeen };
  graph.addGatewayCheck({
    gateway: partyOf(at, at, graph),
    action: 'DENY',
    clients: facts,
    get bytesOn() {
      return isOfAll ? undefined : portOfBytes(place.listeners());
    },
    ...meant,
    path: at.node.path,
    site: CallSite.here(),
  });
}

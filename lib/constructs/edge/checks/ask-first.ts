import type { Construct } from 'constructs';
import { EXTERNAL_AUTHORIZER, type ExternalAuthorizer } from '../../../graph/grants/external-authorizer';
import { requireOneAtGateway } from '../../../graph/grants/one-authorizer';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import { recordCall } from '../../../graph/record-call';
import { CallSite } from '../../../support/call-site';
import { requireArguments } from '../../../support/options/require-options';
import type { ICaller } from '../../../values/access/caller';
import { checkedRequests } from './checked-requests';
import type { GatewayRequests } from './gateway-requests';
import { portOfBytes } from './ports-of-bytes';
import type { ClientsPlace } from './refuse-clients';

/** Has a gateway ask somebody outside about requests, and grants it the call to do so. */
export function askAtGateway(
  at: Construct & ICaller,
  authorizer: ExternalAuthorizer,
  requests: GatewayRequests,
  { ports, listeners }: Pick<ClientsPlace, 'ports' | 'listeners'>,
): void {
  requireArguments(at, { authorizer }, { authorizer: EXTERNAL_AUTHORIZER });
  const meant = checkedRequests(at, requests, ports);
  const graph = MeshGraph.of(at);
  const gateway = partyOf(at, at, graph);
  const { provider, service, _port: port, _besideOthers } = authorizer;
  requireOneAtGateway(at, graph, gateway, authorizer);
  recordCall(at, { caller: at, callee: service, action: 'ALLOW', options: { port } });
  graph.addGatewayCheck({
    gateway,
    action: 'CUSTOM',
    provider,
    asksBeside: _besideOthers || undefined,
    ...meant,
    get bytesOn() {
      return portOfBytes(listeners());
    },
    path: at.node.path,
    site: CallSite.here(),
  });
}

/** Has a gateway mark requests for whoever writes them down. */
export function auditAtGateway(at: Construct & ICaller, requests: GatewayRequests, ports: readonly number[]): void {
  const meant = checkedRequests(at, requests, ports);
  const graph = MeshGraph.of(at);
  graph.addGatewayCheck({ gateway: partyOf(at, at, graph), action: 'AUDIT', ...meant, path: at.node.path, site: CallSite.here() });
}

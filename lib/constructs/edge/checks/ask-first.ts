import type { Construct } from 'constructs';
import { EXTERNAL_AUTHORIZER, type ExternalAuthorizer } from '../../../graph/grants/external-authorizer';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import { recordCall } from '../../../graph/record-call';
import type { PartyFacts } from '../../../model/party';
import { CallSite } from '../../../support/call-site';
import { MeshError } from '../../../support/mesh-error';
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
  if (!_besideOthers) requireOneAsked(at, graph, gateway, provider);
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

// istiod answers a second one with refusals, unless an experimental flag is on.
function requireOneAsked(at: Construct, graph: MeshGraph, gateway: PartyFacts, provider: string): void {
  const here = graph.gatewayChecks.filter((check) => haveSamePods(check.gateway, gateway));
  const other = here.find((check) => check.provider !== undefined && !check.asksBeside && check.provider !== provider);
  if (!other) return;
  throw new MeshError({
    code: 'MESH846',
    at,
    what: 'a gateway asks one authorizer: of two istiod makes refusals, unless PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS is set',
    got: `${other.provider} and ${provider}`,
    fix: 'have one of them decide about both kinds of requests, or put them behind one provider; where that flag is set, say besideOthers of one',
  });
}

/** Gateways of Istio's own API may configure the same pods, which have all their policies. */
function haveSamePods(one: PartyFacts, other: PartyFacts): boolean {
  const podsOf = ({ namespaceName, podLabels }: PartyFacts): string => JSON.stringify([namespaceName, podLabels]);
  return one.key === other.key || (Boolean(one.isIstioGateway && other.isIstioGateway) && podsOf(one) === podsOf(other));
}

import type { IConstruct } from 'constructs';
import { GATEWAY_NAME } from '../../istio/labels';
import type { WaypointFacts } from '../../model/namespace-facts';
import type { ForeignFacts, PartyFacts } from '../../model/party';
import { waypointKey } from '../../planes/peers';
import { planeOf } from '../../planes/plane-of';
import { MeshError } from '../../support/mesh-error';
import { requireArguments } from '../../support/options/require-options';
import type { ICallee } from '../../values/access/callee';
import type { ICaller } from '../../values/access/caller';
import type { RefusalOptions } from '../../values/access/refusal-options';
import { ANYONE } from '../anyone';
import { MeshGraph } from '../mesh-graph';
import { partyOf } from '../party-of';
import { recordCall } from '../record-call';
import { EXTERNAL_AUTHORIZER, type ExternalAuthorizer } from './external-authorizer';

/** Has somebody outside asked about requests to a service, and grants the proxy that asks the call to it. */
export function askFirst(at: IConstruct & ICallee, authorizer: ExternalAuthorizer, options: RefusalOptions): void {
  requireArguments(at, { authorizer }, { authorizer: EXTERNAL_AUTHORIZER });
  const graph = MeshGraph.of(at);
  const callee = partyOf(at, at, graph);
  requireOwn(at, callee);
  requireOne(at, graph, callee, authorizer);
  recordCall(at, { caller: ANYONE, callee: at, action: 'CUSTOM', provider: authorizer.provider, options });
  for (const asking of askersFor(at as unknown as ICaller, callee, graph)) {
    recordCall(at, { caller: asking, callee: authorizer.service, action: 'ALLOW', options: { port: authorizer._port } });
  }
}

/** Who asks: the proxy beside the service, or the waypoint before it; while pods move, both. Where there can be none, a finding tells so. */
function askersFor(service: ICaller, callee: PartyFacts, graph: MeshGraph): Array<ICaller | PartyFacts> {
  const namespace = graph.namespaces.get(callee.namespaceName);
  if (!namespace) return [service];
  const { podsHoldProxies, hasWaypoints } = planeOf(namespace);
  const waypoint = hasWaypoints && namespace.possibleWaypoint;
  return [...(podsHoldProxies ? [service] : []), ...(waypoint ? [waypointParty(waypoint, graph)] : [])];
}

function waypointParty(waypoint: WaypointFacts, graph: MeshGraph): PartyFacts {
  const { name, namespaceName, principal } = waypoint;
  const key = waypointKey(waypoint);
  const facts: ForeignFacts = {
    kind: 'identity',
    key,
    path: key,
    name,
    namespaceName,
    serviceAccountName: name,
    owned: true,
    ports: [],
    principal,
    podLabels: { [GATEWAY_NAME]: name },
    namespace: { name: namespaceName, mode: 'ambient', zeroTrust: false, owned: true, enrolled: true },
    isGuess: true,
  };
  return graph.parties.get(key) ?? graph.addParty(facts);
}

function requireOwn(at: IConstruct, { kind, owned, name }: PartyFacts): void {
  if (kind === 'service' && owned) return;
  throw new MeshError({
    code: 'MESH841',
    at,
    what: 'an authorizer is asked by the proxies of a service that this program makes',
    got: kind === 'service' ? `${name}, which another program makes` : `${name}, which is outside the mesh`,
    fix: 'say askFirst in the program that makes the service',
  });
}

// istiod answers a second one with refusals, unless an experimental flag is on.
function requireOne(at: IConstruct, graph: MeshGraph, callee: PartyFacts, { provider }: ExternalAuthorizer): void {
  const other = graph.callsTo(callee.key).find((call) => call.provider !== undefined && call.provider !== provider);
  if (!other) return;
  throw new MeshError({
    code: 'MESH842',
    at,
    what: 'a service asks one authorizer: of two istiod makes refusals, unless PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS is set',
    got: `${other.provider} and ${provider}`,
    fix: 'have one of them decide about both kinds of requests, or put them behind one provider',
  });
}

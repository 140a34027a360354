import type { IConstruct } from 'constructs';
import { GATEWAY_NAME } from '../../istio/labels';
import { type WaypointFacts, waypointsAt } from '../../model/namespace-facts';
import type { ForeignFacts, PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import { speaksGrpc } from '../../model/retry-safety';
import { waypointToShare } from '../../planes/ambient/shared-waypoints';
import { waypointKey } from '../../planes/peers';
import { planeOf } from '../../planes/plane-of';
import { CallSite } from '../../support/call-site';
import { MeshError } from '../../support/mesh-error';
import { requireArguments } from '../../support/options/require-options';
import type { ICallee } from '../../values/access/callee';
import type { ICaller } from '../../values/access/caller';
import type { RefusalOptions } from '../../values/access/refusal-options';
import { ANYONE } from '../anyone';
import { MeshGraph } from '../mesh-graph';
import { partyOf } from '../party-of';
import { recordCall, requireSameApp } from '../record-call';
import { EXTERNAL_AUTHORIZER, type ExternalAuthorizer } from './external-authorizer';
import { requireOneAtService } from './one-authorizer';
import { refusalOf } from './refusal-of';

/** Has somebody outside asked about requests to a service, and grants the proxy that asks the call to it. */
export function askFirst(at: IConstruct & ICallee, authorizer: ExternalAuthorizer, options: RefusalOptions): void {
  requireArguments(at, { authorizer }, { authorizer: EXTERNAL_AUTHORIZER });
  const meant = refusalOf(at, options);
  if (meant.exempt) refuseExempt(at, meant.exempt);
  const graph = MeshGraph.of(at);
  const callee = partyOf(at, at, graph);
  requireOwn(at, callee);
  requireOneAtService(at, graph, callee, authorizer);
  const askedParty = partyOf(at, authorizer.service, graph);
  // The grants may have to wait for a namespace, and this line is the one to blame.
  requireSameApp(graph, at, askedParty);
  requireAsking(at, callee, askedParty, { authorizer, options });
  recordCall(at, {
    caller: ANYONE,
    callee: at,
    action: 'CUSTOM',
    asks: { provider: authorizer.provider, asksBeside: authorizer._besideOthers || undefined },
    ...meant,
  });
  const { service: asked, _port: port } = authorizer;
  const site = CallSite.here();
  const grant = (caller: ICaller | PartyFacts): void => recordCall(at, { caller, callee: asked, action: 'ALLOW', options: { port }, site });
  grantAskers(at as unknown as ICaller, callee, graph, grant);
}

type Grant = (caller: ICaller | PartyFacts) => void;

/** Who asks: the proxy beside the service, or the waypoint before it; while pods move, both. Where there can be none, a finding tells so. */
function grantAskers(service: ICaller, { namespaceName, ownWaypoint }: PartyFacts, graph: MeshGraph, grant: Grant): void {
  const namespace = graph.namespaces.get(namespaceName);
  const { podsHoldProxies, hasWaypoints } = namespace ? planeOf(namespace) : { podsHoldProxies: true, hasWaypoints: false };
  if (podsHoldProxies) grant(service);
  if (!namespace || !hasWaypoints) return;
  const { waypointHome: home, possibleWaypoint } = namespace;
  if (ownWaypoint) grantWaypoint(graph, ownWaypoint, grant);
  else if (home !== undefined) grantShared(graph, home, grant);
  else if (possibleWaypoint) grantWaypoint(graph, possibleWaypoint, grant);
}

function grantWaypoint(graph: MeshGraph, waypoint: WaypointFacts, grant: Grant): void {
  for (const one of waypointsAt(waypoint)) grant(waypointParty(one, graph));
}

/** The namespace whose waypoint is shared may be declared later. */
function grantShared(graph: MeshGraph, home: string, grant: Grant): void {
  const waypoint = waypointToShare(graph.namespaces, home);
  if (waypoint) grantWaypoint(graph, waypoint, grant);
  else graph.onNamespace(home, () => grantShared(graph, home, grant));
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

// The validation of CUSTOM takes neither principals nor their opposite.
function refuseExempt(at: IConstruct, exempt: readonly ICaller[]): never {
  throw new MeshError({
    code: 'MESH864',
    at,
    what: 'an authorizer is asked about requests of whoever sends them: Istio takes no policy that asks it about some callers alone',
    got: `exempt: ${exempt.length} callers`,
    fix: 'leave exempt out, and have the authorizer let them in: it is told who calls; or ask by http or port what they do not send',
  });
}

interface Asking {
  readonly authorizer: ExternalAuthorizer;
  readonly options: RefusalOptions;
}

// With envoyExtAuthzHttp istiod leaves connections of bytes unasked, without a word.
function requireAsking(at: IConstruct, callee: PartyFacts, asked: PartyFacts, { authorizer, options }: Asking): void {
  const isMeant = (port: number | undefined) => (one: Port) => port === undefined || one.number === port;
  const meant = callee.ports.filter(isMeant(options.port));
  if (meant.some(({ readsHttp }) => readsHttp) || asked.ports.filter(isMeant(authorizer._port)).every(speaksGrpc)) return;
  throw new MeshError({
    code: 'MESH847',
    at,
    what: 'proxies ask about bytes by gRPC alone',
    got: `${authorizer.provider}, which ${asked.name} answers on ports of other protocols, for a port of ${callee.name} without HTTP`,
    fix: 'have it answer envoyExtAuthzGrpc on a port declared with MeshPort.grpc, and name that port in ExternalAuthorizer.of',
  });
}

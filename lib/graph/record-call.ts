import type { IConstruct } from 'constructs';
import type { CallStatement } from '../model/call';
import type { ForeignFacts, PartyFacts } from '../model/party';
import { planeOf } from '../planes/plane-of';
import { CallSite } from '../support/call-site';
import type { Code } from '../support/codes';
import { MeshError } from '../support/mesh-error';
import { requireArguments, requireOptions } from '../support/options/require-options';
import { ANYONE } from './anyone';
import { CALL_OPTIONS, type CallOptions } from '../values/access/call-options';
import type { ICallee } from '../values/access/callee';
import type { ICaller } from '../values/access/caller';
import { askedOf } from './grants/asked-of';
import { exceptedOf } from './grants/excepted-of';
import { timeOf } from './grants/time-of';
import { MeshGraph } from './mesh-graph';
import { CALLEE, CALLER, partyOf } from './party-of';

export interface CallParts {
  readonly caller: ICaller | PartyFacts;
  readonly callee: ICallee;
  readonly action: CallStatement['action'];
  readonly options?: CallOptions;
  /** Who of the callers is not meant. */
  readonly exempt?: ICaller[];
  /** Who is asked about it. */
  readonly asks?: Pick<CallStatement, 'provider' | 'asksBeside'>;
  readonly httpIsOptional?: boolean;
  readonly reason?: string;
  /** Where it was said, if not here. */
  readonly site?: CallSite;
}

/** The one way into the graph: whoever says it, from whichever end, the same edge comes out. */
export function recordCall(at: IConstruct, said: CallParts): void {
  const { action, options = {}, exempt, httpIsOptional, asks, reason, site = CallSite.here() } = said;
  const graph = MeshGraph.of(at);
  requireOptions(at, options, CALL_OPTIONS);
  const [caller, callee] = endsOf(at, said, graph);
  requireRequests(at, options);
  if (action !== 'ALLOW') requireRefusable(at, options);
  const time = timeOf(at, { action, caller, reason }, options);
  if (options.toPods) requirePods(at, graph, callee, action, options);
  [caller, callee].forEach((party) => requireSameApp(graph, at, party));
  const asked = options.port === undefined ? callee.ports : callee.ports.filter((port) => port.number === options.port);
  const speaking = asked.filter((port) => port.readsHttp);
  const meant = askedOf(action, options, speaking);
  graph.addCall({
    caller,
    callee,
    action,
    // Without a port, HTTP means the ports that speak it; none left, or a port that was named, is for a rule to judge.
    ports: meant.http && options.port === undefined && speaking.length > 0 ? speaking : asked,
    unknownPort: asked.length === 0 ? options.port : undefined,
    ...meant,
    excepted: exceptedOf(at, graph, exempt),
    httpIsOptional,
    ...asks,
    toPods: options.toPods,
    ...time,
    path: at.node.path,
    site,
  });
}

function endsOf(at: IConstruct, { caller, callee }: Pick<CallParts, 'caller' | 'callee'>, graph: MeshGraph): [PartyFacts, PartyFacts] {
  const to = partyOf(at, callee, graph);
  requireArguments(at, { callee }, { callee: CALLEE });
  if (isParty(caller, graph)) return [caller, to];
  const from = partyOf(at, caller, graph);
  requireArguments(at, { caller }, { caller: CALLER });
  return [from, to];
}

// What a user made may have fields of any name.
function isParty(caller: ICaller | PartyFacts, graph: MeshGraph): caller is PartyFacts {
  return caller === ANYONE || (caller instanceof Object && 'key' in caller && graph.parties.get(caller.key) === caller);
}

/** A party that another App declared is nobody here. */
export function requireSameApp(graph: MeshGraph, at: IConstruct, party: PartyFacts): void {
  if (party === ANYONE || graph.parties.get(party.key) === party) return;
  throw new MeshError({
    code: 'MESH012',
    at,
    what: 'both ends of a call stand in one App, which is one cluster',
    got: `${party.path} of another App`,
    fix: 'name it with MeshedService.fromAttributes or ServiceIdentity.of',
  });
}

function requireRequests(at: IConstruct, { http }: CallOptions): void {
  if (http?.length !== 0) return;
  throw new MeshError({
    code: 'MESH010',
    at,
    what: 'a list of requests names at least one',
    got: 'http: []',
    fix: 'leave `http` out to mean all requests',
  });
}

function requireRefusable(at: IConstruct, { http = [], user, conditions }: CallOptions): void {
  const hosts = http.flatMap(({ _facts }) => _facts.hosts ?? []);
  if (hosts.length > 0 || conditions) refuseWords(at, hosts.length > 0 ? `hosts ${hosts.join(', ')}` : 'conditions');
  if (user) {
    throw new MeshError({
      code: 'MESH805',
      at,
      what: 'a refusal does not depend on a token: who leaves the token out passes it by',
      got: `user of ${user.issuer.issuer} in a refusal`,
      fix: 'allow those users alone who may call; or leave user out, and refuse everybody',
    });
  }
  const template = http.flatMap((access) => access._facts.paths).find((path) => path.includes('{'));
  if (template === undefined) return;
  throw new MeshError({
    code: 'MESH072',
    at,
    what: 'a refusal names its paths without {*} and {**}: with a [ in its path a request passes them by',
    got: template,
    fix: 'refuse what all of them begin with, for example /accounts/*, or allow only what may be called',
  });
}

function refuseWords(at: IConstruct, got: string): never {
  throw new MeshError({
    code: 'MESH877',
    at,
    what: 'a refusal does not depend on what the caller writes into its request: who writes another host or header passes it by',
    got: `${got} in a refusal`,
    fix: 'allow only the requests that are meant; or refuse them by method and path',
  });
}

function requirePods(
  at: IConstruct,
  graph: MeshGraph,
  callee: PartyFacts,
  action: CallStatement['action'],
  { http, user }: CallOptions,
): void {
  const fail = (code: Code, what: string, got: string, fix: string): never => {
    throw new MeshError({ code, at, what, got, fix });
  };
  const noPods = 'toPods lets a caller in at the pods of a service in the mesh';
  if (action === 'DENY') fail('MESH083', noPods, 'toPods in a refusal', 'leave toPods out: a refusal holds at the pods as well');
  if (callee.kind !== 'service')
    fail('MESH083', noPods, `toPods in a call to ${callee.name}, which is outside the mesh`, 'leave toPods out');
  const namespace = 'namespace' in callee ? (callee as ForeignFacts).namespace : graph.namespaces.get(callee.namespaceName)!;
  if (!(http ?? user) || planeOf(namespace).podsHoldProxies) return;
  fail(
    'MESH082',
    'in ambient mode a waypoint reads HTTP, and who connects to the addresses of pods does not pass it',
    `${http ? 'http' : 'user'} together with toPods`,
    `name the port that is meant instead of ${http ? 'http' : 'user'}; or leave toPods out, and let the caller use the Service`,
  );
}

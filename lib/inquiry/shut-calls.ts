import type { Cluster } from '../cluster/cluster';
import { serviceOf } from '../cluster/services/registry';
import { tryGateway } from '../cluster/workloads/gateways';
import { type Workload, workloadsWith } from '../cluster/workloads/workloads';
import { mayBeBoth } from '../model/access/many-callers';
import type { CallModel, ExposureModel, MeshModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import type { Port } from '../model/port';
import { asksForToken } from '../model/users/end-user';
import { type Decision, decide } from '../verdict/decide';
import type { Caller, Request, Token } from '../verdict/requests/request';
import { isCertain } from './certain-refusal';
import type { Granted } from './granted';
import type { Inquiry } from './openings';
import { claimsLike } from './sample-claims';
import { type Line, linesOf } from './sample-lines';
import { asStrangers } from './strangers';

/** A call that the program declares and that never arrives. */
export interface ShutCall {
  readonly call: CallModel;
  readonly decision: Decision;
}

/** Declared calls of which some kind of request is refused for certain. */
export function shutCallsOf({ model, cluster, granted, touched }: Inquiry): ShutCall[] {
  const isTouched = ({ caller, callee }: CallModel): boolean => touched.has(caller) || touched.has(callee);
  const asked = model.calls.filter((call) => isTouched(call) && isPlain(call, granted) && isDescribed(cluster, call));
  return asked.flatMap((call) => {
    const decision = refusalOf(cluster, requestsOf(cluster, model, call));
    return decision ? [{ call, decision }] : [];
  });
}

/** A statement that nothing beside it contradicts or leaves unenforced: those have findings of their own. */
function isPlain({ action, caller, callee, hops, unknownPort, conditions, http = [] }: CallModel, granted: Granted): boolean {
  // One request is made up for many, and of these words it would have to have the right ones.
  if (conditions || http.some(({ hosts }) => hosts)) return false;
  const isSaid = action === 'ALLOW' && caller.principal !== undefined && callee.host !== undefined;
  const isEnforced = hops.length > 0 && hops.every(({ enforcement }) => !enforcement?.http || enforcement.readsHttp);
  const isRefused = granted.callsTo(callee).some((other) => other.action === 'DENY' && mayBeBoth(caller, other.caller));
  return isSaid && isEnforced && !isRefused && unknownPort === undefined;
}

/** Of a Service that another program makes, a verdict knows neither pods nor ports; and of addresses outside nothing that manifests say, nor of pods of other clusters. */
function isDescribed(cluster: Cluster, { caller, callee }: CallModel): boolean {
  if (caller.cluster !== undefined || callee.cluster !== undefined) return false;
  return (callee.kind === 'service' || !callee.addresses) && serviceOf(cluster, callee.host!) !== undefined;
}

/** The refusal of the first request that is meant and arrives in none of its forms. */
function refusalOf(cluster: Cluster, requests: readonly Request[][]): Decision | undefined {
  for (const forms of requests) {
    const decisions = forms.map((request) => decide(cluster, request));
    const isShut = ({ allowed, unknown }: Decision): boolean => !allowed && unknown === undefined;
    if (decisions.length > 0 && decisions.every(isShut) && isCertain(cluster, decisions[0])) return decisions[0];
  }
  return undefined;
}

/** One request for each kind that is meant, in all forms of which one has to arrive. */
function requestsOf(cluster: Cluster, model: MeshModel, call: CallModel): Request[][] {
  const { caller, callee, ports } = call;
  if (caller.kind === 'gateway') return requestsThrough(cluster, model, call);
  return callersOf(cluster, caller).flatMap((forms) =>
    ports
      .filter(({ number }) => isServed(cluster, callee, number))
      .flatMap((port) =>
        linesAt(call, port).map((line) =>
          forms.map((from) => ({ from, to: { host: callee.host!, port: port.number }, ...line, token: tokenOf(call) })),
        ),
      ),
  );
}

/** Somebody else makes the Service of what is guarded, and its pods have ports besides. */
function isServed(cluster: Cluster, { host, isGuarded }: Party, port: number): boolean {
  return !isGuarded || serviceOf(cluster, host!)!.ports.some(({ number }) => number === port);
}

/** From outside, by the hosts under which the service is exposed. */
function requestsThrough(cluster: Cluster, { exposures }: MeshModel, { caller, callee, user }: CallModel): Request[][] {
  const gateway = tryGateway(cluster, `${caller.namespaceName}/${caller.name}`);
  const ways = gateway ? exposures.filter((one) => one.gateway.key === caller.key && one.service.key === callee.key && !one.redirect) : [];
  return ways.flatMap((way) => {
    const port = gateway?.listeners.find(({ name }) => name === way.listener)?.port;
    const token = tokenOf({ user: user ?? way.users?.anyOf[0] });
    const from = { gateway: gateway!.key, showsCertificate: true };
    return port === undefined ? [] : linesInto(way).map((line) => [{ from, to: { host: way.host, port }, ...line, token }]);
  });
}

/** Requests that a gateway takes, as far as one can be made up. */
function linesInto({ protocol, pathPrefix, pathPattern, matches }: ExposureModel): readonly Line[] {
  if (protocol !== 'http' || pathPattern !== undefined) return [];
  if (!matches) return [{ path: pathPrefix }];
  const plain = matches.filter(
    ({ headers, queryParams, cookies }) => queryParams.length === 0 && !cookies && headers.every(({ type }) => type === 'Exact'),
  );
  return plain.map(({ method, path, headers }) => ({
    method,
    path: path?.value ?? pathPrefix,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
  }));
}

export function linesAt({ http, httpIsOptional }: CallModel, { readsHttp }: Port): readonly Line[] {
  if (!readsHttp) return [{}];
  return http && !httpIsOptional ? http.flatMap(linesOf) : [{ method: 'GET', path: '/' }];
}

/** A token that the call asks for. */
export function tokenOf({ user }: Pick<CallModel, 'user'>): Token | undefined {
  if (!asksForToken(user)) return undefined;
  const { issuer, audiences } = user.issuer;
  return { issuer, subject: 'somebody', audiences, claims: claimsLike(user.claims) };
}

/** Each of its own pods where the manifests have them, else whoever proves its identity, in either data plane. */
export function callersOf(cluster: Cluster, caller: Party): Caller[][] {
  const pods = caller.owned ? podsOf(cluster, caller) : [];
  return pods.length > 0 ? pods.map(({ key }) => [{ workload: key }]) : [asStrangers(cluster, caller).map(({ from }) => from)];
}

/** Pods that lost the labels of their service still run under its account. */
function podsOf(cluster: Cluster, { namespaceName, podLabels = {}, principal }: Party): readonly Workload[] {
  const labelled = workloadsWith(cluster, namespaceName, podLabels);
  return labelled.length > 0 ? labelled : workloadsWith(cluster, namespaceName, {}).filter((pod) => pod.principal === principal);
}

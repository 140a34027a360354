import type { Cluster } from '../cluster/cluster';
import { requestAuthentications } from '../cluster/policies/request-authentications';
import { serviceOf } from '../cluster/services/registry';
import { type Workload, workloadsWith } from '../cluster/workloads/workloads';
import type { CallModel, MeshModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import type { Port } from '../model/port';
import { type Decision, decide } from '../verdict/decide';
import type { Caller, Request, Token } from '../verdict/requests/request';
import type { Granted } from './granted';
import { type Line, linesOf } from './sample-lines';
import { asStrangers } from './strangers';
import { isForeign, type Touched } from './touched';

/** A call that the program declares and that never arrives. */
export interface ShutCall {
  readonly call: CallModel;
  readonly decision: Decision;
}

interface Known {
  readonly model: MeshModel;
  readonly cluster: Cluster;
  readonly granted: Granted;
  readonly touched: Touched;
}

/** Declared calls of which no request arrives, whatever token it carries. */
export function shutCallsOf({ model, cluster, granted, touched }: Known): ShutCall[] {
  const asked = model.calls.filter(
    (call) => (touched.has(call.caller) || touched.has(call.callee)) && isPlain(call, granted) && isDescribed(cluster, call),
  );
  const tokens = asked.length > 0 ? tokensOf(cluster) : [];
  return asked.flatMap((call) => {
    const decision = refusalOf(cluster, call, tokens);
    return decision ? [{ call, decision }] : [];
  });
}

/** A statement that nothing beside it contradicts or leaves unenforced: those have findings of their own. */
function isPlain({ action, caller, callee, hops, unknownPort }: CallModel, granted: Granted): boolean {
  const isSaid = action === 'ALLOW' && caller.principal !== undefined && caller.kind !== 'gateway' && callee.host !== undefined;
  const isEnforced = hops.length > 0 && hops.every(({ enforcement }) => !enforcement?.http || enforcement.readsHttp);
  const isRefused = granted
    .callsTo(callee)
    .some((other) => other.action === 'DENY' && (other.caller.key === caller.key || other.caller.kind === 'anyone'));
  return isSaid && isEnforced && !isRefused && unknownPort === undefined;
}

/** Of a Service that another program makes, a verdict knows neither pods nor ports. */
function isDescribed(cluster: Cluster, { callee }: CallModel): boolean {
  return serviceOf(cluster, callee.host!) !== undefined;
}

/** The refusal of the first request that is meant and never arrives. */
function refusalOf(cluster: Cluster, call: CallModel, tokens: readonly (Token | undefined)[]): Decision | undefined {
  for (const tries of requestsOf(cluster, call, tokens)) {
    const decisions = tries.map((request) => decide(cluster, request));
    if (decisions.every(isRefused)) return decisions[0];
  }
  return undefined;
}

/** One request for each kind that is meant, in all forms of which one has to arrive. */
function requestsOf(cluster: Cluster, call: CallModel, tokens: readonly (Token | undefined)[]): Request[][] {
  const { callee, ports } = call;
  return callersOf(cluster, call.caller).flatMap((forms) =>
    ports.flatMap((port) =>
      linesAt(call, port).map((line) =>
        forms.flatMap((from) => tokens.map((token) => ({ from, to: { host: callee.host!, port: port.number }, ...line, token }))),
      ),
    ),
  );
}

function linesAt({ http, httpIsOptional }: CallModel, { readsHttp }: Port): readonly Line[] {
  if (!readsHttp) return [{}];
  return http && !httpIsOptional ? http.flatMap(linesOf) : [{ method: 'GET', path: '/' }];
}

/** Routes that lead nowhere are somebody's word only if somebody else wrote them. */
function isRefused({ allowed, unknown, layer, object }: Decision): boolean {
  return !allowed && unknown === undefined && (layer !== 'routing' || (object !== undefined && isForeign(object)));
}

/** Each of its own pods where the manifests have them, else whoever proves its identity, in either data plane. */
function callersOf(cluster: Cluster, caller: Party): Caller[][] {
  const pods = caller.owned ? podsOf(cluster, caller) : [];
  return pods.length > 0 ? pods.map(({ key }) => [{ workload: key }]) : [asStrangers(cluster, caller).map(({ from }) => from)];
}

/** Pods that lost the labels of their service still run under its account. */
function podsOf(cluster: Cluster, { namespaceName, podLabels = {}, principal }: Party): readonly Workload[] {
  const labelled = workloadsWith(cluster, namespaceName, podLabels);
  return labelled.length > 0 ? labelled : workloadsWith(cluster, namespaceName, {}).filter((pod) => pod.principal === principal);
}

/** None, and a good one of each issuer. */
function tokensOf(cluster: Cluster): (Token | undefined)[] {
  const issuers = requestAuthentications(cluster).flatMap((one) => one.issuers);
  return [undefined, ...issuers.map(({ issuer, audiences }) => ({ issuer, subject: 'somebody', audiences }))];
}

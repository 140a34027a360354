import type { Cluster } from '../cluster/cluster';
import { namespaceOf } from '../cluster/objects/manifest-object';
import { type Workload, workloadsWith } from '../cluster/workloads/workloads';
import type { CallModel } from '../model/mesh-model';
import { type Decision, decide } from '../verdict/decide';
import { linesAt } from './shut-calls';

/** A grant to callers whose own end of the call stays closed. */
export interface ShutIn {
  /** Pods of them all, as far as the manifests have any. */
  readonly pods: readonly Workload[];
  /** What holds one of them back. */
  readonly decision: Decision;
}

/**
 * What holds back everybody whom a grant means, where it names its callers by a namespace: nothing of theirs is opened by it, and a
 * closed namespace lets out only to whom its workloads call. Nobody is held back of whom the manifests have no pods.
 */
export function shutInOf(cluster: Cluster, call: CallModel): ShutIn | undefined {
  const pods = podsOf(cluster, call);
  const decisions = pods.map((pod) => holdingBack(cluster, call, pod));
  const [decision] = decisions;
  return decision && decisions.every((one) => one !== undefined) ? { pods, decision } : undefined;
}

function podsOf(cluster: Cluster, { caller, callee, action, plaintext }: CallModel): Workload[] {
  if (action !== 'ALLOW' || plaintext || callee.host === undefined) return [];
  const { kind, namespaceName } = caller;
  if (kind !== 'callers' || namespaceName === '') return [];
  const isCallee = ({ labels }: Workload): boolean =>
    callee.namespaceName === namespaceName && Object.entries(callee.podLabels ?? {}).every(([key, value]) => labels[key] === value);
  return workloadsWith(cluster, namespaceName, {}).filter((pod) => isOfPods(pod) && !isCallee(pod));
}

function isOfPods({ object, isOutside }: Workload): boolean {
  return !isOutside && object.kind !== 'Gateway';
}

/** The refusal at the caller's own end, before anybody is asked who it is. */
function holdingBack(cluster: Cluster, call: CallModel, pod: Workload): Decision | undefined {
  const decisions = call.ports.map((port) => {
    const [line] = linesAt(call, port);
    return decide(cluster, { from: { workload: pod.key }, to: { host: call.callee.host!, port: port.number }, ...line });
  });
  return decisions.every((one) => isOwnEnd(one, pod)) ? decisions[0] : undefined;
}

function isOwnEnd({ allowed, unknown, layer, object }: Decision, { namespaceName }: Workload): boolean {
  if (allowed || unknown !== undefined) return false;
  return layer === 'scope' || (layer === 'network' && object !== undefined && namespaceOf(object) === namespaceName);
}

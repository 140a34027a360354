import type { Construct, IConstruct } from 'constructs';
import type { AutoscalingFacts, VolumeFacts, WorkloadSpec } from '../../model/workload-spec';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import { requireMilliseconds } from '../../support/bounds/milliseconds';
import { requireCount } from '../../support/numbers';
import type { WorkloadResources } from '../../values/workload/workload-resources';
import type { Autoscaling } from '../../values/workload/autoscaling';
import type { ReleaseController } from '../../values/releases/release-controller';
import type { RunningPods } from '../../values/workload/pods/running-pods';
import { podFactsOf } from './pods/pod-facts-of';

/** What may be said of pods that run one container of ours. */
export interface PodOptions extends RunningPods {
  readonly name?: string;
  readonly replicas?: number;
  readonly autoscaling?: Autoscaling;
  readonly scaledBy?: string;
  readonly releaseController?: ReleaseController;
}

/** What a kind of workload says of its pods. */
export interface PodKind {
  /** Pods where nobody says how many; undefined where nobody can, for there is one on each node. */
  readonly usual?: number;
  /** Mounts of claims that each pod has for itself. */
  readonly claims?: readonly VolumeFacts[];
}

/** Every default of a version's pods, resolved once. */
export function workloadSpecOf(at: Construct, props: PodOptions, image: string, { usual = 2, claims = [] }: PodKind = {}): WorkloadSpec {
  const { resources = {}, proxyStart } = props;
  const memoryMebibytes = requireCount(at, 'memoryMebibytes', resources.memoryMebibytes ?? 128, 1);
  const replicas = requireCount(at, 'replicas', props.replicas ?? usual, 0);
  return {
    image,
    replicas,
    command: props.command,
    args: props.args,
    env: props.env ?? {},
    cpuMillis: requireCount(at, 'cpuMillis', resources.cpuMillis ?? 100, 1),
    memoryMebibytes,
    memoryLimitMebibytes: memoryLimitOf(at, resources, memoryMebibytes),
    readiness: props.readiness?._facts ?? {},
    liveness: props.liveness?._facts ?? {},
    startup: props.startup?._facts,
    autoscaling: autoscalingOf(at, props, replicas),
    scaledBy: requireOneScaler(at, props),
    basics: podFactsOf(at, props.name ?? at.node.id, props, { proxyStart, claims }),
    updates: props.updateStrategy?._facts,
    drainSeconds: drainOf(at, props),
  };
}

function drainOf(at: Construct, { gracefulShutdown }: PodOptions): number | undefined {
  if (!gracefulShutdown) return undefined;
  return requireCount(at, 'drain in seconds', requireMilliseconds(at, 'drain', gracefulShutdown.drain) / 1000, 1);
}

/** Two who say how many pods there are undo each other's word. */
function requireOneScaler(at: Construct, { scaledBy, replicas, autoscaling, releaseController }: PodOptions): string | undefined {
  // Flagger copies an autoscaler that it is told of by name, and takes the pods to none and back itself where there is none.
  const flagger = releaseController?._facts.name === 'flagger' ? 'a releaseController of Flagger' : undefined;
  const other = replicas === undefined ? (autoscaling ? 'autoscaling' : flagger) : 'replicas';
  if (scaledBy === undefined || other === undefined) return scaledBy;
  throw new MeshError({
    code: 'MESH774',
    at,
    what: 'one alone says how many pods there are',
    got: `${other} beside scaledBy`,
    fix: `drop ${other}; how many there are at least and at most is said to ${scaledBy}`,
  });
}

function memoryLimitOf(at: IConstruct, { memoryLimitMebibytes: limit }: WorkloadResources, memoryMebibytes: number): number {
  if (limit === undefined && isDeferred(memoryMebibytes)) {
    throw new MeshError({
      code: 'MESH066',
      at,
      what: 'memoryLimitMebibytes is computed from memoryMebibytes where it is left out',
      got: memoryMebibytes,
      fix: 'set memoryLimitMebibytes as well',
    });
  }
  return requireCount(at, 'memoryLimitMebibytes', limit ?? 2 * memoryMebibytes, Math.max(1, memoryMebibytes));
}

function autoscalingOf(at: IConstruct, { autoscaling }: PodOptions, replicas: number): AutoscalingFacts | undefined {
  if (!autoscaling) return undefined;
  const minReplicas = requireCount(at, 'minReplicas', autoscaling.minReplicas ?? replicas, 1);
  return {
    minReplicas,
    maxReplicas: requireCount(at, 'maxReplicas', autoscaling.maxReplicas, Math.max(1, minReplicas)),
    cpuPercent: requireCount(at, 'cpuPercent', autoscaling.cpuPercent ?? 80, 1, 100),
  };
}

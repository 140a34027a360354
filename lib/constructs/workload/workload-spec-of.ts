import type { IConstruct } from 'constructs';
import type { AutoscalingFacts, WorkloadSpec } from '../../model/workload-spec';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import type { WorkloadResources } from '../../values/workload/workload-resources';
import type { Autoscaling } from '../../values/workload/autoscaling';
import type { WorkloadProbe } from '../../values/workload/workload-probe';

/** What may be said of pods that run one container of ours. */
export interface PodOptions {
  readonly replicas?: number;
  readonly autoscaling?: Autoscaling;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: { readonly [name: string]: string };
  readonly resources?: WorkloadResources;
  readonly readiness?: WorkloadProbe;
  readonly liveness?: WorkloadProbe;
}

/** Every default of a version's pods, resolved once. */
export function workloadSpecOf(at: IConstruct, props: PodOptions, image: string): WorkloadSpec {
  const { resources = {} } = props;
  const memoryMebibytes = requireCount(at, 'memoryMebibytes', resources.memoryMebibytes ?? 128, 1);
  const replicas = requireCount(at, 'replicas', props.replicas ?? 2, 0);
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
    autoscaling: autoscalingOf(at, props, replicas),
  };
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

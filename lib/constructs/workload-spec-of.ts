import type { IConstruct } from 'constructs';
import type { AutoscalingFacts, WorkloadSpec } from '../model/workload-spec';
import { checkCount } from '../support/numbers';
import type { MeshedServiceProps } from './meshed-service-props';

/** Every default of a version's pods, resolved once. */
export function workloadSpecOf(at: IConstruct, props: MeshedServiceProps, image: string): WorkloadSpec {
  const { resources = {} } = props;
  const memoryMebibytes = checkCount(at, 'memoryMebibytes', resources.memoryMebibytes ?? 128, 1);
  const replicas = checkCount(at, 'replicas', props.replicas ?? 2, 0);
  return {
    image,
    replicas,
    command: props.command,
    args: props.args,
    env: props.env ?? {},
    cpuMillis: checkCount(at, 'cpuMillis', resources.cpuMillis ?? 100, 1),
    memoryMebibytes,
    memoryLimitMebibytes: checkCount(at, 'memoryLimitMebibytes', resources.memoryLimitMebibytes ?? 2 * memoryMebibytes, memoryMebibytes),
    readiness: props.readiness?._facts ?? {},
    liveness: props.liveness?._facts ?? {},
    autoscaling: autoscalingOf(at, props, replicas),
  };
}

function autoscalingOf(at: IConstruct, { autoscaling }: MeshedServiceProps, replicas: number): AutoscalingFacts | undefined {
  if (!autoscaling) return undefined;
  const minReplicas = checkCount(at, 'minReplicas', autoscaling.minReplicas ?? replicas, 1);
  return {
    minReplicas,
    maxReplicas: checkCount(at, 'maxReplicas', autoscaling.maxReplicas, minReplicas),
    cpuPercent: checkCount(at, 'cpuPercent', autoscaling.cpuPercent ?? 80, 1, 100),
  };
}

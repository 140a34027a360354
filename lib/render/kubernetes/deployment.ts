import { HOSTNAME } from '../../istio/labels';
import type { WorkloadSpec } from '../../model/workload-spec';

const SLEEP_BEFORE_STOP = 5;

type Fields = Record<string, unknown>;

/** What cdk8s-plus has no words for: spread over nodes, the runtime's seccomp profile, time to leave the endpoints before stopping. */
export function completeDeployment(manifest: Fields, podLabels: Readonly<Record<string, string>>): Fields {
  const spec = manifest.spec as Fields;
  const template = spec.template as Fields;
  const pod = template.spec as Fields;
  const containers = pod.containers as Fields[];
  return {
    ...manifest,
    spec: {
      ...spec,
      template: {
        ...template,
        spec: {
          topologySpreadConstraints: [spreadOverNodes(podLabels)],
          ...pod,
          securityContext: { seccompProfile: { type: 'RuntimeDefault' }, ...(pod.securityContext as Fields) },
          containers: [{ lifecycle: { preStop: { sleep: { seconds: SLEEP_BEFORE_STOP } } }, ...containers[0] }, ...containers.slice(1)],
        },
      },
    },
  };
}

export function probePortsOf(spec: WorkloadSpec): number[] {
  return [spec.readiness.port, spec.liveness.port].filter((port) => port !== undefined);
}

function spreadOverNodes(podLabels: Readonly<Record<string, string>>): Fields {
  return { maxSkew: 1, topologyKey: HOSTNAME, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { ...podLabels } } };
}

import type { ProxyPodsFacts } from '../../model/edge/proxy-pods';
import { requireProxyAnnotations } from '../../support/bounds/annotation-value';
import { requireCount } from '../../support/numbers';
import { mapOf, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { AUTOSCALING, type Autoscaling } from './autoscaling';
import { WORKLOAD_RESOURCES, type WorkloadResources } from './workload-resources';

/**
 * Pods that Istio makes for a gateway or a waypoint.
 *
 * Expands into a ConfigMap that Istio lays over its own Deployment, HorizontalPodAutoscaler and PodDisruptionBudget, and into the annotations of the
 * Gateway's infrastructure. From two pods on a budget lets one go at a time.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export interface ProxyPods {
  /**
   * How many there are.
   * @default - one, as Istio has it; `autoscaling` counts instead where it is said
   */
  readonly replicas?: number;

  /**
   * How many there are, by load.
   * @default - none
   */
  readonly autoscaling?: Autoscaling;

  /**
   * What the proxy may use; what is left out is as the installation of Istio says.
   * @default - as the installation of Istio says
   */
  readonly resources?: WorkloadResources;

  /**
   * Annotations of all that Istio makes for the gateway: pods, Service and account.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

export const PROXY_PODS = struct<ProxyPods>({
  replicas: optional(NUMBER),
  autoscaling: optional(AUTOSCALING),
  resources: optional(WORKLOAD_RESOURCES),
  annotations: optional(mapOf(TEXT)),
});

const MOST_CPU_PERCENT = 100;

/** What is said of the pods of a proxy, with every bound kept. */
export function proxyPodsOf(at: string, { replicas, autoscaling, resources = {}, annotations }: ProxyPods): ProxyPodsFacts {
  requireProxyAnnotations(at, 'annotations', annotations ?? {});
  const least = replicas === undefined ? undefined : requireCount(at, 'replicas', replicas, 1);
  const { cpuMillis, memoryMebibytes, memoryLimitMebibytes } = resources;
  return {
    replicas: autoscaling ? undefined : least,
    autoscaling: autoscaling && autoscalingOf(at, autoscaling, least ?? 1),
    cpuMillis: cpuMillis === undefined ? undefined : requireCount(at, 'cpuMillis', cpuMillis, 1),
    memoryMebibytes: memoryMebibytes === undefined ? undefined : requireCount(at, 'memoryMebibytes', memoryMebibytes, 1),
    memoryLimitMebibytes:
      memoryLimitMebibytes === undefined ? undefined : requireCount(at, 'memoryLimitMebibytes', memoryLimitMebibytes, memoryMebibytes ?? 1),
    annotations,
  };
}

function autoscalingOf(at: string, autoscaling: Autoscaling, usual: number): NonNullable<ProxyPodsFacts['autoscaling']> {
  const minReplicas = requireCount(at, 'minReplicas', autoscaling.minReplicas ?? usual, 1);
  return {
    minReplicas,
    maxReplicas: requireCount(at, 'maxReplicas', autoscaling.maxReplicas, minReplicas),
    cpuPercent: requireCount(at, 'cpuPercent', autoscaling.cpuPercent ?? 80, 1, MOST_CPU_PERCENT),
  };
}

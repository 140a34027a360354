import { optional, type Shape } from '../../../support/options/kind';
import { WORKLOAD_PROBE, type WorkloadProbe } from '../workload-probe';
import { GRACEFUL_SHUTDOWN, type GracefulShutdown } from './graceful-shutdown';
import { POD_BASICS, type PodBasics } from './pod-basics';
import { PROXY_START, type ProxyStart } from './proxy-start';
import { UPDATE_STRATEGY, type UpdateStrategy } from './update-strategy';

/** What may be said of pods that run until somebody stops them. */
export interface RunningPods extends PodBasics {
  /**
   * When a pod takes requests.
   * @default - when its first port takes connections; pods without a port are not asked
   */
  readonly readiness?: WorkloadProbe;

  /**
   * When a pod is restarted.
   * @default - when its first port refuses connections six times in a row; pods without a port are not asked
   */
  readonly liveness?: WorkloadProbe;

  /**
   * When a pod has started: until then nobody asks the other two, for up to five minutes.
   * @default - at once
   */
  readonly startup?: WorkloadProbe;

  /**
   * How new pods take the place of old ones.
   * @default - a few at a time
   */
  readonly updateStrategy?: UpdateStrategy;

  /**
   * How pods that stop end what they have begun.
   * @default - 40 seconds, of which five are for leaving the endpoints
   */
  readonly gracefulShutdown?: GracefulShutdown;

  /**
   * How the application waits for its sidecar.
   * @default - as the mesh has it: sidecars are native where all nodes have Kubernetes 1.33
   */
  readonly proxyStart?: ProxyStart;
}

export const RUNNING_PODS: Shape<RunningPods> = {
  ...POD_BASICS,
  readiness: optional(WORKLOAD_PROBE),
  liveness: optional(WORKLOAD_PROBE),
  startup: optional(WORKLOAD_PROBE),
  updateStrategy: optional(UPDATE_STRATEGY),
  gracefulShutdown: optional(GRACEFUL_SHUTDOWN),
  proxyStart: optional(PROXY_START),
};

import { NUMBER, optional, passedOn, struct } from '../../support/options/kind';

/**
 * What a container may use, in Kubernetes' notation.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface WorkloadResources {
  /**
   * Share of a CPU that is kept for it, in thousandths.
   * @default 100
   */
  readonly cpuMillis?: number;

  /**
   * Memory that is kept for it, in MiB.
   * @default 128
   */
  readonly memoryMebibytes?: number;

  /**
   * Memory at which it is stopped, in MiB. There is no such limit on CPU, which would slow it down for nothing.
   * @default 256
   */
  readonly memoryLimitMebibytes?: number;
}

export const WORKLOAD_RESOURCES = struct<WorkloadResources>({
  cpuMillis: optional(passedOn(NUMBER)),
  memoryMebibytes: optional(passedOn(NUMBER)),
  memoryLimitMebibytes: optional(passedOn(NUMBER)),
});

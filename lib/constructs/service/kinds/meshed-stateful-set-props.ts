import { BOOLEAN, listOf, NUMBER, optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { RUNNING_PODS, type RunningPods } from '../../../values/workload/pods/running-pods';
import { VOLUME_CLAIM, type VolumeClaim } from '../../../values/workload/pods/volume-claim';
import { type MeshedWorkloadProps, WORKLOAD } from '../meshed-service-props';

/** Pods with names and volumes of their own. */
export interface MeshedStatefulSetProps extends MeshedWorkloadProps, RunningPods {
  /** Image of the container, which runs without root and on a read-only root file system. */
  readonly image: string;

  /**
   * Pods; from two up they have a PodDisruptionBudget.
   * @default 3
   */
  readonly replicas?: number;

  /**
   * Who else says how many pods there are, such as an operator: the StatefulSet leaves `replicas` out.
   * @default - `replicas` says it
   */
  readonly scaledBy?: string;

  /**
   * Volumes of which each pod has its own, which it finds again.
   * @default - none
   */
  readonly volumeClaims?: VolumeClaim[];

  /**
   * All pods start and stop at once; otherwise each waits for the one before.
   * @default false
   */
  readonly parallelStart?: boolean;

  /**
   * Number of the first pod that gets what is new; those before it stay as they are.
   * @default 0
   */
  readonly partition?: number;
}

export const MESHED_STATEFUL_SET_PROPS = struct<MeshedStatefulSetProps>({
  ...WORKLOAD,
  ...RUNNING_PODS,
  image: passedOn(TEXT),
  replicas: optional(passedOn(NUMBER)),
  scaledBy: optional(TEXT),
  volumeClaims: optional(listOf(VOLUME_CLAIM)),
  parallelStart: optional(BOOLEAN),
  partition: optional(passedOn(NUMBER)),
});

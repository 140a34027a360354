import { NUMBER, optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { DATA_PLANE, type DataPlane } from '../../../values/mesh/data-plane';
import { AUTOSCALING, type Autoscaling } from '../../../values/workload/autoscaling';
import { RUNNING_PODS, type RunningPods } from '../../../values/workload/pods/running-pods';

/** Pods that call others and are called by nobody. */
export interface MeshedWorkerProps extends RunningPods {
  /** Image of the container, which runs without root and on a read-only root file system. */
  readonly image: string;

  /**
   * Name of its ServiceAccount and of the `app` label.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Version of the pods, the `version` label.
   * @default v1
   */
  readonly version?: string;

  /**
   * Pods; from two up they have a PodDisruptionBudget.
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Number of pods by load instead of a fixed one.
   * @default - `replicas` pods
   */
  readonly autoscaling?: Autoscaling;

  /**
   * Who else says how many pods there are, such as KEDA by a ScaledObject: the Deployment leaves `replicas` out, so that nobody undoes the other's word.
   * @default - `replicas` or `autoscaling` says it
   */
  readonly scaledBy?: string;

  /**
   * How its pods join the mesh; outside any namespace construct only.
   * @default - as the namespace says
   */
  readonly dataPlane?: DataPlane;
}

export const MESHED_WORKER_PROPS = struct<MeshedWorkerProps>({
  image: passedOn(TEXT),
  name: optional(TEXT),
  version: optional(TEXT),
  replicas: optional(passedOn(NUMBER)),
  autoscaling: optional(AUTOSCALING),
  scaledBy: optional(TEXT),
  dataPlane: optional(DATA_PLANE),
  ...RUNNING_PODS,
});

import { passedOn, struct, TEXT } from '../../../support/options/kind';
import { RUNNING_PODS, type RunningPods } from '../../../values/workload/pods/running-pods';
import { type MeshedWorkloadProps, WORKLOAD } from '../meshed-service-props';

/** One pod on each node. */
export interface MeshedDaemonSetProps extends MeshedWorkloadProps, RunningPods {
  /** Image of the container, which runs without root and on a read-only root file system. */
  readonly image: string;
}

export const MESHED_DAEMON_SET_PROPS = struct<MeshedDaemonSetProps>({ ...WORKLOAD, ...RUNNING_PODS, image: passedOn(TEXT) });

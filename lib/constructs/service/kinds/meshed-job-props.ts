import type { Duration } from 'cdk8s';
import { BOOLEAN, NUMBER, oneOf, optional, passedOn, type Shape, struct, TEXT } from '../../../support/options/kind';
import { DATA_PLANE, type DataPlane } from '../../../values/mesh/data-plane';
import { DURATION } from '../../../values/traffic/duration';
import { POD_BASICS, type PodBasics } from '../../../values/workload/pods/pod-basics';

/** Pods that run to their end. */
export interface FinishingPods extends PodBasics {
  /** Image of the container, which runs without root and on a read-only root file system. */
  readonly image: string;

  /**
   * Name of its ServiceAccount and of the `app` label.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Pods that have to end well.
   * @default 1
   */
  readonly completions?: number;

  /**
   * Pods at a time.
   * @default 1
   */
  readonly parallelism?: number;

  /**
   * How often a pod that fails is followed by another one.
   * @default 6
   */
  readonly retries?: number;

  /**
   * How long all of it may take.
   * @default - as long as it takes
   */
  readonly deadline?: Duration;

  /**
   * When it is deleted after its end, together with its pods and their logs.
   * @default - not by itself
   */
  readonly deleteAfter?: Duration;

  /**
   * How its pods join the mesh; outside any namespace construct only.
   * @default - as the namespace says
   */
  readonly dataPlane?: DataPlane;
}

/** A job that runs once. */
export interface MeshedJobProps extends FinishingPods {
  /**
   * Which run it is: part of the name of the Job alone. A Job never changes, so a new image wants a new one, while the identity and its grants stay.
   * @default - the Job is called as the construct
   */
  readonly version?: string;
}

/** What happens when the time has come and the last run has not ended. */
export enum CronOverlap {
  /** The new run waits for the next time. */
  FORBID = 'Forbid',
  /** Both run. */
  ALLOW = 'Allow',
  /** The last run is stopped. */
  REPLACE = 'Replace',
}

/** A job that runs again and again. */
export interface MeshedCronJobProps extends FinishingPods {
  /** When it runs: minute, hour, day, month and weekday (`0 6 * * 1`), or `@hourly` and the like. */
  readonly schedule: string;

  /**
   * Time zone of the schedule, such as `Europe/Berlin`.
   * @default - that of the cluster, mostly UTC
   */
  readonly timeZone?: string;

  /**
   * What happens when the last run has not ended.
   * @default CronOverlap.FORBID
   */
  readonly overlap?: CronOverlap;

  /**
   * How late a run may start; later it is left out. At least ten seconds.
   * @default - five minutes
   */
  readonly startWithin?: Duration;

  /**
   * No further run starts.
   * @default false
   */
  readonly suspend?: boolean;
}

const FINISHING_PODS: Shape<FinishingPods> = {
  image: passedOn(TEXT),
  name: optional(TEXT),
  completions: optional(passedOn(NUMBER)),
  parallelism: optional(passedOn(NUMBER)),
  retries: optional(passedOn(NUMBER)),
  deadline: optional(DURATION),
  deleteAfter: optional(DURATION),
  dataPlane: optional(DATA_PLANE),
  ...POD_BASICS,
};

export const MESHED_JOB_PROPS = struct<MeshedJobProps>({ ...FINISHING_PODS, version: optional(TEXT) });

export const MESHED_CRON_JOB_PROPS = struct<MeshedCronJobProps>({
  ...FINISHING_PODS,
  schedule: TEXT,
  timeZone: optional(TEXT),
  overlap: optional(oneOf('CronOverlap', CronOverlap)),
  startWithin: optional(DURATION),
  suspend: optional(BOOLEAN),
});

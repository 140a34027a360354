import { NUMBER, optional, passedOn, struct } from '../../support/options/kind';

/**
 * How many pods a version has, by load.
 *
 * Expands into a HorizontalPodAutoscaler for each version.
 */
export interface Autoscaling {
  /**
   * Pods at least.
   * @default - the service's `replicas`
   */
  readonly minReplicas?: number;

  /** Pods at most. */
  readonly maxReplicas: number;

  /**
   * Share, in percent of what is kept for it, of CPU that is aimed at.
   * @default 80
   */
  readonly cpuPercent?: number;
}

export const AUTOSCALING = struct<Autoscaling>({
  minReplicas: optional(passedOn(NUMBER)),
  maxReplicas: passedOn(NUMBER),
  cpuPercent: optional(passedOn(NUMBER)),
});

import type { Duration } from 'cdk8s';
import { listOf, NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { DURATION } from '../traffic/duration';
import { ROLLOUT_STEP, type RolloutStep } from './rollout-step';

/** What Argo Rollouts measures while it brings a new version in: a query to Prometheus and the answers that pass. */
export interface RolloutMetric {
  /** Name of the metric, unique in the release. */
  readonly name: string;

  /** The query, in PromQL. */
  readonly query: string;

  /** The condition that the result has to meet, for example `result[0] >= 0.99`. */
  readonly successCondition: string;

  /**
   * How often it is measured.
   * @default - once a minute
   */
  readonly interval?: Duration;

  /**
   * Measurements that may fail before the release is rolled back.
   * @default 3
   */
  readonly failureLimit?: number;
}

/**
 * How Argo Rollouts brings a new version of a service in.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
export interface ArgoRolloutsOptions {
  /** What happens, one after the other; after the last step the new version gets all requests. */
  readonly steps: RolloutStep[];

  /**
   * What is measured from the first step to the last.
   * @default - nothing
   */
  readonly metrics?: RolloutMetric[];

  /**
   * Address of the Prometheus that is asked.
   * @default http://prometheus.istio-system:9090
   */
  readonly prometheus?: string;
}

const ROLLOUT_METRIC = struct<RolloutMetric>({
  name: TEXT,
  query: passedOn(TEXT),
  successCondition: passedOn(TEXT),
  interval: optional(DURATION),
  failureLimit: optional(NUMBER),
});

export const ARGO_ROLLOUTS_OPTIONS = struct<ArgoRolloutsOptions>({
  steps: listOf(ROLLOUT_STEP),
  metrics: optional(listOf(ROLLOUT_METRIC)),
  prometheus: optional(passedOn(TEXT)),
});

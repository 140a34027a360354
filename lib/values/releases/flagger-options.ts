import type { Duration } from 'cdk8s';
import { listOf, mapOf, NUMBER, oneOf, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { DURATION } from '../traffic/duration';
import { FLAGGER_METRIC, type FlaggerMetric } from './flagger-metric';

/** When Flagger calls a webhook; the gates hold the release up until they answer with 200. */
export enum FlaggerHook {
  /** Gate: before the new version is made. */
  CONFIRM_ROLLOUT = 'confirm-rollout',
  /** Before the new version gets its first request; a failure rolls back. */
  PRE_ROLLOUT = 'pre-rollout',
  /** At each check, for example to send load. */
  ROLLOUT = 'rollout',
  /** Gate: before each larger share of the requests. */
  CONFIRM_TRAFFIC_INCREASE = 'confirm-traffic-increase',
  /** Gate: before the new version becomes the primary one. */
  CONFIRM_PROMOTION = 'confirm-promotion',
  /** After the release, whichever way it went. */
  POST_ROLLOUT = 'post-rollout',
  /** At each check: 200 rolls the release back. */
  ROLLBACK = 'rollback',
  /** Whatever happens. */
  EVENT = 'event',
}

/** Somebody whom Flagger asks or tells by HTTP. Flagger itself calls, so that a URL in the mesh needs a grant for Flagger's account. */
export interface FlaggerWebhook {
  /** Name of the webhook, unique in the release. */
  readonly name: string;

  /** When it is called. */
  readonly hook: FlaggerHook;

  /** What is called. */
  readonly url: string;

  /**
   * How long an answer may take.
   * @default - Flagger's own, 10 seconds
   */
  readonly timeout?: Duration;

  /**
   * What the webhook is told besides.
   * @default - nothing
   */
  readonly metadata?: { [name: string]: string };
}

/**
 * How Flagger tries out a new version of a service.
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export interface FlaggerOptions {
  /** How often the new version is checked, and then gets more requests. */
  readonly interval: Duration;

  /**
   * Checks that may fail before the release is rolled back.
   * @default 5
   */
  readonly threshold?: number;

  /**
   * Share of requests, in percent, with which the new version is tried out at most; then it becomes the primary one.
   * @default 50; with `stepWeights` their last
   */
  readonly maxWeight?: number;

  /**
   * How much the share grows, in percent, with each check that passes.
   * @default 10
   */
  readonly stepWeight?: number;

  /**
   * The share, in percent, after each check that passes; each larger than the one before. Instead of `stepWeight` and `maxWeight`.
   * @default - as `stepWeight` says
   */
  readonly stepWeights?: number[];

  /**
   * What is measured at each check.
   * @default - nothing: only pods that get ready and the webhooks are asked
   */
  readonly metrics?: FlaggerMetric[];

  /**
   * Who is asked and told.
   * @default - nobody
   */
  readonly webhooks?: FlaggerWebhook[];

  /**
   * Time in which the new pods have to get ready.
   * @default - Flagger's own, ten minutes
   */
  readonly progressDeadline?: Duration;

  /**
   * Address of the Prometheus that has Istio's metrics.
   * @default http://prometheus.istio-system:9090
   */
  readonly prometheus?: string;
}

const FLAGGER_WEBHOOK = struct<FlaggerWebhook>({
  name: TEXT,
  hook: oneOf('FlaggerHook', FlaggerHook),
  url: passedOn(TEXT),
  timeout: optional(DURATION),
  metadata: optional(mapOf(passedOn(TEXT))),
});

export const FLAGGER_OPTIONS = struct<FlaggerOptions>({
  interval: DURATION,
  threshold: optional(NUMBER),
  maxWeight: optional(NUMBER),
  stepWeight: optional(NUMBER),
  stepWeights: optional(listOf(NUMBER)),
  metrics: optional(listOf(FLAGGER_METRIC)),
  webhooks: optional(listOf(FLAGGER_WEBHOOK)),
  progressDeadline: optional(DURATION),
  prometheus: optional(passedOn(TEXT)),
});

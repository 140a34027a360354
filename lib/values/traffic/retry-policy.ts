import type { Duration } from 'cdk8s';
import { BOOLEAN, listOf, NUMBER, oneOf, optional, passedOn, struct } from '../../support/options/kind';
import { DURATION } from './duration';
import { RetryCondition } from './retry-condition';

/**
 * When and how often a failed request is sent again.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export interface RetryPolicy {
  /** Retries after the first try: 2 means three requests at most. 0 turns Istio's own two retries off. */
  readonly attempts: number;

  /**
   * How long each try may take; (1 + attempts) x perTryTimeout has to fit into the service's timeout.
   * @default - the service's timeout
   */
  readonly perTryTimeout?: Duration;

  /**
   * What is tried again. For methods other than GET, HEAD and OPTIONS only what proves that nothing was processed stays.
   * @default - CONNECT_FAILURE, REFUSED_STREAM, RESET_BEFORE_REQUEST: what is safe for every method
   */
  readonly on?: RetryCondition[];

  /**
   * Statuses of answers, from 400 to 599, on which a request is tried again as well. An answer proves that something was done, so they hold
   * for GET, HEAD and OPTIONS alone unless `idempotent` says more.
   * @default - none
   */
  readonly onStatus?: number[];

  /**
   * How long the first retry waits at least; each that follows waits longer, up to ten times as long.
   * @default - Envoy's own, 25 milliseconds
   */
  readonly backoff?: Duration;

  /**
   * Whether a retry goes to a pod that was not tried before, as long as there is one.
   * @default - Istio's own: true, unless requests are kept to one pod by a consistent hash
   */
  readonly ignorePreviousHosts?: boolean;

  /**
   * Whether a retry goes to a zone that was not tried before.
   * @default false
   */
  readonly remoteLocalities?: boolean;

  /**
   * How many of all requests to the service may be retries: it keeps retries from bringing a service down that is slow already.
   * @default - no limit but `attempts`
   */
  readonly budget?: RetryBudget;

  /**
   * Promises that a request may be processed twice without harm, whatever its method.
   * @default false
   */
  readonly idempotent?: boolean;
}

/**
 * How many of the requests at a time may be retries. It counts per proxy: each caller's sidecar, or the waypoint.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-RetryBudget
 */
export interface RetryBudget {
  /**
   * Share of the requests, in percent, that may be retries.
   * @default - Istio's own, 20
   */
  readonly percent?: number;

  /**
   * Retries at a time that are let through whatever the share is: without them a service with few requests would have none.
   * @default - Istio's own, 3
   */
  readonly minConcurrency?: number;

  /**
   * Over which time requests are counted. Istio reads it from 1.31 on.
   * @default - those that are under way at the moment
   */
  readonly interval?: Duration;
}

export const RETRY_BUDGET = struct<RetryBudget>({
  percent: optional(passedOn(NUMBER)),
  minConcurrency: optional(passedOn(NUMBER)),
  interval: optional(DURATION),
});

export const RETRY_POLICY = struct<RetryPolicy>({
  attempts: passedOn(NUMBER),
  perTryTimeout: optional(DURATION),
  on: optional(listOf(oneOf('RetryCondition', RetryCondition))),
  onStatus: optional(listOf(NUMBER)),
  backoff: optional(DURATION),
  ignorePreviousHosts: optional(BOOLEAN),
  remoteLocalities: optional(BOOLEAN),
  budget: optional(RETRY_BUDGET),
  idempotent: optional(BOOLEAN),
});

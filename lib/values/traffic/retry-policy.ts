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
   * Promises that a request may be processed twice without harm, whatever its method.
   * @default false
   */
  readonly idempotent?: boolean;
}

export const RETRY_POLICY = struct<RetryPolicy>({
  attempts: passedOn(NUMBER),
  perTryTimeout: optional(DURATION),
  on: optional(listOf(oneOf('RetryCondition', RetryCondition))),
  idempotent: optional(BOOLEAN),
});

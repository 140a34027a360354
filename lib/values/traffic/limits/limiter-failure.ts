import { oneOf } from '../../../support/options/kind';

/** What becomes of requests as long as the rate limit service gives no answer. */
export enum LimiterFailure {
  /** They are refused with status 500. */
  REFUSE = 'REFUSE',
  /** They pass without a limit. */
  LET_THROUGH = 'LET_THROUGH',
}

export const LIMITER_FAILURE = oneOf('LimiterFailure', LimiterFailure);

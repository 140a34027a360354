import { oneOf } from '../../../support/options/kind';

/** The time in which a rate limit service counts requests. */
export enum RateLimitUnit {
  /** A second. */
  SECOND = 'second',
  /** A minute. */
  MINUTE = 'minute',
  /** An hour. */
  HOUR = 'hour',
  /** A day. */
  DAY = 'day',
}

export const RATE_LIMIT_UNIT = oneOf('RateLimitUnit', RateLimitUnit);

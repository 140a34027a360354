import type { Duration } from 'cdk8s';
import { struct } from '../../../support/options/kind';
import { timespan } from '../../../support/options/timespan';

/**
 * How a pod that stops ends what it has begun.
 *
 * First it leaves the endpoints, for five seconds in which it still takes requests; then the application is told to stop. The proxy beside it stays
 * until the last connection has ended: ten seconds at least, and at most as long as the application has.
 */
export interface GracefulShutdown {
  /** How long requests and connections may take to end, in whole seconds. */
  readonly drain: Duration;
}

export const GRACEFUL_SHUTDOWN = struct<GracefulShutdown>({ drain: timespan<Duration>() });

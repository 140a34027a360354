import type { Duration } from 'cdk8s';
import { listOf, NUMBER, optional, struct } from '../../../support/options/kind';
import { DURATION } from '../../../values/traffic/duration';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { REQUEST_COUNTER, type RequestCounter } from './request-counter';
import { RULE_OPTIONS_SHAPE, type RuleOptions } from './rule-options';

/** How many requests are answered in which time. */
export interface LatencyObjective {
  /** Percent of the requests that are answered in time, for example 99. */
  readonly percentile: number;

  /** The time, up to ten minutes. Proxies count durations in buckets; between two of them requests are taken to be spread evenly. */
  readonly below: Duration;
}

/** What a service promises. Give `availability`, `latency` or both. */
export interface ServiceObjectivesProps extends RuleOptions {
  /** The service. */
  readonly service: MeshedService;

  /**
   * Percent of the requests that do not fail, for example 99.9. One fails that is answered with 5xx, or by gRPC with a status that is the server's fault.
   * @default - as `latency` says alone
   */
  readonly availability?: number;

  /**
   * In which time how many are answered.
   * @default - as `availability` says alone
   */
  readonly latency?: LatencyObjective[];

  /**
   * The time over which the promise holds, from 7 to 90 days.
   * @default - 30 days
   */
  readonly window?: Duration;

  /**
   * Whose count holds, where pods have sidecars.
   * @default RequestCounter.CALLERS
   */
  readonly countedBy?: RequestCounter;
}

const LATENCY_OBJECTIVE = struct<LatencyObjective>({ percentile: NUMBER, below: DURATION });

export const SERVICE_OBJECTIVES_PROPS = struct<ServiceObjectivesProps>({
  ...RULE_OPTIONS_SHAPE,
  service: OWN_SERVICE,
  availability: optional(NUMBER),
  latency: optional(listOf(LATENCY_OBJECTIVE)),
  window: optional(DURATION),
  countedBy: optional(REQUEST_COUNTER),
});

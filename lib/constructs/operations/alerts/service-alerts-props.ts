import { listOf, oneOf, optional, struct } from '../../../support/options/kind';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';
import { ALERT_THRESHOLDS, type AlertThresholds } from './alert-thresholds';
import { REQUEST_COUNTER, type RequestCounter } from './request-counter';
import { RULE_OPTIONS_SHAPE, type RuleOptions } from './rule-options';

/** Alerts about one service, by the names that Alertmanager knows them by. */
export enum ServiceAlert {
  /** Too many requests fail. */
  ERRORS = 'MeshServiceErrors',
  /** One of a hundred requests takes too long. */
  SLOW = 'MeshServiceSlow',
  /** Nobody calls. */
  NO_TRAFFIC = 'MeshServiceNoTraffic',
  /** Too many requests fail after all retries. */
  RETRIES_EXHAUSTED = 'MeshServiceRetriesExhausted',
  /** Too many requests find no pod. */
  CIRCUIT_BREAKER_OPEN = 'MeshServiceCircuitBreakerOpen',
  /** Too many requests are refused. */
  DENIED = 'MeshServiceDenied',
  /** ztunnel refuses too many connections; in ambient mode alone. */
  CONNECTIONS_DENIED = 'MeshServiceConnectionsDenied',
  /** A new version has more errors than the stable one. */
  CANARY_ERRORS = 'MeshCanaryErrors',
  /** A new version is slower than the stable one. */
  CANARY_SLOW = 'MeshCanarySlow',
}

/** What is watched of a service. */
export interface ServiceAlertsProps extends RuleOptions {
  /** The service. */
  readonly service: MeshedService;

  /**
   * From where on something is told.
   * @default - those of `AlertThresholds.of()`
   */
  readonly thresholds?: AlertThresholds;

  /**
   * Alerts that nobody wants: NO_TRAFFIC of a service that sleeps at night.
   * @default - none is left out
   */
  readonly without?: ServiceAlert[];

  /**
   * Whose count of errors and times holds, where pods have sidecars.
   * @default RequestCounter.CALLERS
   */
  readonly countedBy?: RequestCounter;
}

export const SERVICE_ALERTS_PROPS = struct<ServiceAlertsProps>({
  ...RULE_OPTIONS_SHAPE,
  service: OWN_SERVICE,
  thresholds: optional(ALERT_THRESHOLDS),
  without: optional(listOf(oneOf('ServiceAlert', ServiceAlert))),
  countedBy: optional(REQUEST_COUNTER),
});

import { Duration } from 'cdk8s';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { MeshError } from '../../../support/mesh-error';
import { made, NUMBER, optional, struct } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { DURATION } from '../../../values/traffic/duration';

/** From where on something about a service is told. */
export interface AlertThresholdsOptions {
  /**
   * Percent of the requests that may fail: by 5xx, or by a status of gRPC that is the server's fault.
   * @default 1
   */
  readonly errorPercent?: number;

  /**
   * The time within which 99 of 100 requests are answered.
   * @default - a second
   */
  readonly latency?: Duration;

  /**
   * How long nobody may call.
   * @default - 30 minutes
   */
  readonly silence?: Duration;

  /**
   * Percent of the requests of which every try may fail.
   * @default 1
   */
  readonly exhaustedPercent?: number;

  /**
   * Percent of the requests that may find no pod: a limit of the circuit breaker is reached, or all pods are left out.
   * @default 1
   */
  readonly brokenPercent?: number;

  /**
   * Percent of the requests, and of the connections, that policies may refuse.
   * @default 5
   */
  readonly deniedPercent?: number;

  /**
   * How many times the errors, or the time, of the stable version a new one may have.
   * @default 2
   */
  readonly canaryFactor?: number;

  /**
   * Requests in a minute from which on there are enough to speak of a percent of them.
   * @default 1
   */
  readonly leastPerMinute?: number;
}

/**
 * From where on something about a service is told: for alerts, and as numbers for those who measure a release.
 *
 * Expands into nothing itself; ServiceAlerts compares with it, and Flagger and Argo Rollouts may.
 *
 * @example
 * import { Duration } from 'cdk8s';
 * import { AlertThresholds, FlaggerMetric, MeshedService, MeshPort, ReleaseController, ServiceAlerts } from 'istio-constructs';
 *
 * const thresholds = AlertThresholds.of({ errorPercent: 0.5, latency: Duration.millis(400) });
 * const search = new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.http(8080)],
 *   releaseController: ReleaseController.flagger({
 *     interval: Duration.minutes(1),
 *     metrics: [FlaggerMetric.successRate(thresholds.successPercent), FlaggerMetric.duration(thresholds.latency)],
 *   }),
 * });
 * new ServiceAlerts(shop, 'search-alerts', { service: search, thresholds });
 */
export class AlertThresholds {
  /**
   * Thresholds that differ from the defaults.
   * @param options Where they do
   */
  public static of(options: AlertThresholdsOptions = {}): AlertThresholds {
    requireOptions('AlertThresholds', options, ALERT_THRESHOLDS_OPTIONS);
    return new AlertThresholds(options);
  }

  /** Percent of the requests that may fail. */
  public readonly errorPercent: number;
  /** Percent of the requests that do not fail, as Flagger's success rate has it. */
  public readonly successPercent: number;
  /** The same from 0 to 1, as conditions of Argo Rollouts compare. */
  public readonly successShare: number;
  /** The time within which 99 of 100 requests are answered. */
  public readonly latency: Duration;
  /** The same in milliseconds, as Istio's histograms count. */
  public readonly latencyMilliseconds: number;
  /** How long nobody may call. */
  public readonly silence: Duration;
  /** Percent of the requests of which every try may fail. */
  public readonly exhaustedPercent: number;
  /** Percent of the requests that may find no pod. */
  public readonly brokenPercent: number;
  /** Percent of the requests, and of the connections, that policies may refuse. */
  public readonly deniedPercent: number;
  /** How many times as bad a new version may be as the stable one. */
  public readonly canaryFactor: number;
  /** Requests in a minute from which on there are enough to speak of a percent of them. */
  public readonly leastPerMinute: number;

  private constructor(options: AlertThresholdsOptions) {
    this.errorPercent = requirePercent('errorPercent', options.errorPercent ?? 1);
    this.successPercent = Number((100 - this.errorPercent).toPrecision(12));
    this.successShare = Number((this.successPercent / 100).toPrecision(12));
    this.latency = options.latency ?? Duration.seconds(1);
    this.latencyMilliseconds = requireMilliseconds('AlertThresholds', 'latency', this.latency);
    this.silence = options.silence ?? Duration.minutes(30);
    requireMilliseconds('AlertThresholds', 'silence', this.silence);
    this.exhaustedPercent = requirePercent('exhaustedPercent', options.exhaustedPercent ?? 1);
    this.brokenPercent = requirePercent('brokenPercent', options.brokenPercent ?? 1);
    this.deniedPercent = requirePercent('deniedPercent', options.deniedPercent ?? 5);
    this.canaryFactor = requireAtLeast('canaryFactor', options.canaryFactor ?? 2, 1);
    this.leastPerMinute = requireAtLeast('leastPerMinute', options.leastPerMinute ?? 1, 0);
  }
}

const ALERT_THRESHOLDS_OPTIONS = struct<AlertThresholdsOptions>({
  errorPercent: optional(NUMBER),
  latency: optional(DURATION),
  silence: optional(DURATION),
  exhaustedPercent: optional(NUMBER),
  brokenPercent: optional(NUMBER),
  deniedPercent: optional(NUMBER),
  canaryFactor: optional(NUMBER),
  leastPerMinute: optional(NUMBER),
});

export const ALERT_THRESHOLDS = made(
  AlertThresholds,
  'AlertThresholds',
  'AlertThresholds.of({ errorPercent: 0.5 })',
  ALERT_THRESHOLDS_OPTIONS,
);

function requirePercent(option: string, percent: number): number {
  if (percent >= 0 && percent < 100) return percent;
  throw new MeshError({
    code: 'MESH809',
    at: 'AlertThresholds',
    what: 'what may go wrong is a share of 0 to less than 100 percent, for more than all of it never does',
    got: `${option}: ${percent}`,
    fix: 'give it in percent, for example 1; an alert that nobody wants is left out by without',
  });
}

function requireAtLeast(option: string, value: number, least: number): number {
  if (value >= least && Number.isFinite(value)) return value;
  throw new MeshError({
    code: 'MESH759',
    at: 'AlertThresholds',
    what: 'a new version is compared with once what the stable one has, or more, and requests are counted from 0 on',
    got: `${option}: ${value}`,
    fix: `give at least ${least}`,
  });
}

import type { Duration } from 'cdk8s';
import type { MeasuredFacts } from '../../model/releases/release-controller';
import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import { made, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { DURATION } from '../traffic/duration';
import { wholeSeconds } from './whole-seconds';

/** A measurement that is defined elsewhere, by a MetricTemplate of Flagger. */
export interface FlaggerTemplateOptions {
  /**
   * Namespace of the MetricTemplate.
   * @default - that of the service
   */
  readonly namespaceName?: string;

  /**
   * The least value that passes. Give this, `max` or both.
   * @default - no lower bound
   */
  readonly min?: number;

  /**
   * The largest value that passes. Give this, `min` or both.
   * @default - no upper bound
   */
  readonly max?: number;

  /**
   * The window that is measured.
   * @default - a minute
   */
  readonly interval?: Duration;
}

export const FLAGGER_TEMPLATE_OPTIONS = struct<FlaggerTemplateOptions>({
  namespaceName: optional(TEXT),
  min: optional(NUMBER),
  max: optional(NUMBER),
  interval: optional(DURATION),
});

/**
 * What Flagger measures of a new version, and between which bounds it goes on.
 *
 * The success rate and the duration come from Istio's own metrics, by a MetricTemplate that the service makes: Flagger's built-in queries ask for what
 * sidecars report, and behind a waypoint there are none.
 *
 * @see https://docs.flagger.app/usage/metrics
 * @example
 * import { Duration } from 'cdk8s';
 * import { FlaggerMetric, MeshedService, MeshPort, ReleaseController } from 'istio-constructs';
 *
 * new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.http(8080)],
 *   releaseController: ReleaseController.flagger({
 *     interval: Duration.minutes(1),
 *     metrics: [FlaggerMetric.successRate(99), FlaggerMetric.duration(Duration.millis(500)), FlaggerMetric.template('baskets', { min: 1 })],
 *   }),
 * });
 */
export class FlaggerMetric {
  /**
   * Share of requests, in percent, that are not answered with 5xx.
   * @param min The least share that passes
   */
  public static successRate(min: number): FlaggerMetric {
    requireArguments('FlaggerMetric', { min }, { min: NUMBER });
    if (!(min >= 0 && min <= 100))
      refuse('MESH756', 'a success rate is from 0 to 100 percent', min, 'give the least share that passes, for example 99');
    return new FlaggerMetric({ name: 'mesh-success-rate', ofMesh: 'success-rate', min, interval: '60s' });
  }

  /**
   * Time within which 99 of 100 requests are answered.
   * @param max The longest that passes
   */
  public static duration(max: Duration): FlaggerMetric {
    requireArguments('FlaggerMetric', { max }, { max: DURATION });
    return new FlaggerMetric({ name: 'mesh-duration', ofMesh: 'duration', max: max.toMilliseconds(), interval: '60s' });
  }

  /**
   * Whatever a MetricTemplate measures that is made elsewhere.
   * @param name Name of the MetricTemplate
   * @param options Where it is, and which values pass
   */
  public static template(name: string, options: FlaggerTemplateOptions): FlaggerMetric {
    requireArguments('FlaggerMetric', { name }, { name: TEXT });
    requireOptions('FlaggerMetric', options, FLAGGER_TEMPLATE_OPTIONS);
    const { namespaceName, min, max, interval } = options;
    if (min === undefined && max === undefined)
      refuse('MESH750', 'a metric has a bound', `${name} without min and max`, 'set min, max or both');
    const template = { name: requireName('FlaggerMetric', 'name of a MetricTemplate', name), namespace: namespaceName };
    const window = interval ? wholeSeconds('FlaggerMetric', 'interval', interval) : '60s';
    return new FlaggerMetric({ name, template, min, max, interval: window });
  }

  /** @internal */
  public readonly _facts: MeasuredFacts;

  private constructor(facts: MeasuredFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const FLAGGER_METRIC = made(FlaggerMetric, 'FlaggerMetric', 'FlaggerMetric.successRate(99)', FLAGGER_TEMPLATE_OPTIONS);

function refuse(code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at: 'FlaggerMetric', what, got, fix });
}

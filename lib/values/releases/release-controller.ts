import type { ControllerFacts, FlaggerFacts, HookFacts, RolloutMetricFacts } from '../../model/releases/release-controller';
import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import { made } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { ARGO_ROLLOUTS_OPTIONS, type ArgoRolloutsOptions, type RolloutMetric } from './argo-rollouts-options';
import { FLAGGER_OPTIONS, type FlaggerOptions, type FlaggerWebhook } from './flagger-options';
import { wholeSeconds } from './whole-seconds';

const PROMETHEUS = 'http://prometheus.istio-system:9090';
const AT = 'ReleaseController';

/**
 * Who brings new versions of a service in, by what it measures: a new image is set on the service, and the controller makes its pods, moves requests over and
 * takes them back.
 *
 * The service emits the controller's own resource and leaves out whatever the controller makes: Flagger makes the Services, the routes and the Deployment of the
 * primary pods; Argo Rollouts the pods alone. Grants, NetworkPolicies, scopes and budgets hold for the pods and the hosts of both.
 *
 * @see https://docs.flagger.app
 * @see https://argo-rollouts.readthedocs.io
 * @example
 * import { Duration } from 'cdk8s';
 * import { FlaggerHook, FlaggerMetric, MeshedService, MeshPort, ReleaseController } from 'istio-constructs';
 *
 * new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0', // A new image here is what begins a release.
 *   ports: [MeshPort.http(8080)],
 *   releaseController: ReleaseController.flagger({
 *     interval: Duration.minutes(1),
 *     stepWeights: [5, 20, 50],
 *     metrics: [FlaggerMetric.successRate(99)],
 *     webhooks: [{ name: 'ask', hook: FlaggerHook.CONFIRM_PROMOTION, url: 'http://gate.ops/search' }],
 *   }),
 * });
 */
export class ReleaseController {
  /**
   * Flagger 1.44 or later.
   * @param options How it tries a new version out
   */
  public static flagger(options: FlaggerOptions): ReleaseController {
    requireOptions(AT, options, FLAGGER_OPTIONS);
    const { interval, metrics = [], webhooks = [], progressDeadline, prometheus = PROMETHEUS } = options;
    const threshold = requireCount(AT, 'threshold', options.threshold ?? 5, 1);
    return new ReleaseController({
      name: 'flagger',
      prometheus,
      progressDeadlineSeconds: progressDeadline && parseInt(wholeSeconds(AT, 'progressDeadline', progressDeadline), 10),
      analysis: { interval: wholeSeconds(AT, 'interval', interval), threshold, ...weightsOf(options) },
      metrics: metrics.map(({ _facts }) => _facts),
      webhooks: webhooks.map(hookOf),
    });
  }

  /**
   * Argo Rollouts 1.8 or later; where the routes are HTTPRoutes, with its plugin for the Gateway API.
   * @param options How it brings a new version in
   */
  public static argoRollouts(options: ArgoRolloutsOptions): ReleaseController {
    requireOptions(AT, options, ARGO_ROLLOUTS_OPTIONS);
    const { steps, metrics = [], prometheus = PROMETHEUS } = options;
    if (steps.length === 0)
      refuse(
        'MESH751',
        'a release by Argo Rollouts has steps: without one a new version gets all requests at once',
        'steps: []',
        'add RolloutStep.setWeight(10)',
      );
    return new ReleaseController({
      name: 'argo-rollouts',
      prometheus,
      steps: steps.map(({ _facts }) => _facts),
      metrics: metrics.map(metricOf),
    });
  }

  /** @internal */
  public readonly _facts: ControllerFacts;

  private constructor(facts: ControllerFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const RELEASE_CONTROLLER = made(
  ReleaseController,
  'ReleaseController',
  'ReleaseController.flagger({ interval: Duration.minutes(1) })',
);

function weightsOf({ stepWeights, stepWeight, maxWeight }: FlaggerOptions): Omit<FlaggerFacts['analysis'], 'interval' | 'threshold'> {
  if (!stepWeights) {
    const most = requireCount(AT, 'maxWeight, in percent,', maxWeight ?? 50, 1, 100);
    return { maxWeight: most, stepWeight: requireCount(AT, 'stepWeight, in percent,', stepWeight ?? 10, 1, most) };
  }
  if (stepWeight !== undefined || maxWeight !== undefined)
    refuse('MESH757', 'the share grows by stepWeights, or by stepWeight up to maxWeight', 'both', 'drop stepWeight and maxWeight');
  stepWeights.forEach((share) => requireCount(AT, 'each of stepWeights, in percent,', share, 1, 100));
  if (stepWeights.length === 0 || stepWeights.some((share, index) => index > 0 && share <= stepWeights[index - 1]))
    refuse('MESH758', 'stepWeights has a share, and each is larger than the one before', `[${stepWeights.join(', ')}]`, 'order the shares');
  return { stepWeights };
}

function hookOf({ name, hook, url, timeout, metadata }: FlaggerWebhook): HookFacts {
  return { name, type: hook, url, timeout: timeout && wholeSeconds(AT, 'timeout of a webhook', timeout), metadata };
}

function metricOf({ name, query, successCondition, interval, failureLimit = 3 }: RolloutMetric): RolloutMetricFacts {
  return {
    name,
    query,
    successCondition,
    interval: interval ? wholeSeconds(AT, 'interval', interval) : '60s',
    failureLimit: requireCount(AT, 'failureLimit', failureLimit, 0),
  };
}

function refuse(code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at: AT, what, got, fix });
}

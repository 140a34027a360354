import type { Duration } from 'cdk8s';
import { requireCount } from '../../support/numbers';
import { made, NUMBER, optional } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { DURATION } from '../traffic/duration';
import { wholeSeconds } from './whole-seconds';

/**
 * One step by which Argo Rollouts brings a new version in.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
 * @example
 * import { Duration } from 'cdk8s';
 * import { MeshedService, MeshPort, ReleaseController, RolloutStep } from 'istio-constructs';
 *
 * new MeshedService(shop, 'search', {
 *   image: 'ghcr.io/acme/search:1.4.0',
 *   ports: [MeshPort.http(8080)],
 *   // A tenth of the requests, until somebody says `kubectl argo rollouts promote search`; half of them for ten minutes; then all.
 *   releaseController: ReleaseController.argoRollouts({
 *     steps: [RolloutStep.setWeight(10), RolloutStep.pause(), RolloutStep.setWeight(50), RolloutStep.pause(Duration.minutes(10))],
 *   }),
 * });
 */
export class RolloutStep {
  /**
   * From here on the new version gets this share of the requests.
   * @param percent The share, in percent
   */
  public static setWeight(percent: number): RolloutStep {
    requireArguments('RolloutStep', { percent }, { percent: NUMBER });
    return new RolloutStep({ setWeight: requireCount('RolloutStep', 'the share of a step, in percent,', percent, 0, 100) });
  }

  /**
   * Waits: for a time, or without one until somebody promotes the release.
   * @param duration How long; until somebody says so when left out
   */
  public static pause(duration?: Duration): RolloutStep {
    requireArguments('RolloutStep', { duration }, { duration: optional(DURATION) });
    return new RolloutStep({ pause: duration ? { duration: wholeSeconds('RolloutStep', 'a pause', duration) } : {} });
  }

  /** @internal */
  public readonly _facts: Readonly<Record<string, unknown>>;

  private constructor(facts: Readonly<Record<string, unknown>>) {
    this._facts = Object.freeze(facts);
  }
}

export const ROLLOUT_STEP = made(RolloutStep, 'RolloutStep', 'RolloutStep.setWeight(10)');

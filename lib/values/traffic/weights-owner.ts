import { MeshError } from '../../support/mesh-error';
import { made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/**
 * Who moves the weights of a release once its routes are in the cluster.
 *
 * @example
 * import { CanaryRelease, WeightsOwner } from 'istio-constructs';
 *
 * // 5 % on the first day; from then on whoever is on call moves the weights in the cluster.
 * new CanaryRelease(shop, 'cart-v2', {
 *   service: cart,
 *   canary: { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' },
 *   weight: 5,
 *   weightsOwnedBy: WeightsOwner.person('the shop team'),
 * });
 */
export class WeightsOwner {
  /**
   * Flagger, by what it measures: `CanaryRelease` refuses it, for Flagger makes pods, Services and routes of its own.
   * @deprecated Set `releaseController: ReleaseController.flagger({…})` on the service.
   */
  public static readonly FLAGGER = new WeightsOwner('Flagger');
  /**
   * Argo Rollouts, by the steps of a Rollout: `CanaryRelease` refuses it, for Argo Rollouts makes the pods of all versions.
   * @deprecated Set `releaseController: ReleaseController.argoRollouts({…})` on the service.
   */
  public static readonly ARGO_ROLLOUTS = new WeightsOwner('Argo Rollouts');

  /**
   * Somebody who does it by hand, or by a tool of their own.
   * @param who Name of the person, the team or the tool, for those who read the report
   */
  public static person(who: string): WeightsOwner {
    requireArguments('WeightsOwner', { who }, { who: TEXT });
    if (who.trim() !== '') return new WeightsOwner(who);
    throw new MeshError({
      code: 'MESH038',
      at: 'WeightsOwner',
      what: 'whoever moves the weights has a name',
      got: who,
      fix: 'say who it is',
    });
  }

  /** Name of the owner. */
  public readonly who: string;

  private constructor(who: string) {
    this.who = who;
  }
}

export const WEIGHTS_OWNER = made(WeightsOwner, 'WeightsOwner', "WeightsOwner.person('the shop team')");

import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { CONSTRUCT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

const FIELDS = Symbol.for('istio-constructs.ForeignFields');

interface Lending {
  readonly [FIELDS]?: () => string[];
}

/**
 * The fields of an object that belong to somebody else: a program says their first value, and whoever owns them changes them later.
 *
 * For authors of back ends: what updates the object has to leave these fields as they are in the cluster. `CanaryRelease` lends its weights
 * when it is given `weightsOwnedBy`; a service with a `releaseController` lends what that writes in objects of this program.
 *
 * @example
 * import { CanaryRelease, ForeignFields, WeightsOwner } from 'istio-constructs';
 *
 * new CanaryRelease(shop, 'cart-v2', {
 *   service: cart,
 *   canary: { version: 'v2', image: 'ghcr.io/acme/cart:2.0.0' },
 *   weightsOwnedBy: WeightsOwner.person('the shop team'),
 * });
 *
 * for (const object of cart.objects) {
 *   const leftAlone = ForeignFields.of(object); // of the VirtualService: spec.http[0].route[0].weight and spec.http[0].route[1].weight
 * }
 */
export class ForeignFields {
  /**
   * Paths of these fields in the object as it is rendered now, such as `spec.http[1].route[0].weight`; none for most objects.
   * @param apiObject The object
   */
  public static of(apiObject: ApiObject): string[] {
    requireArguments('ForeignFields', { apiObject: apiObject as IConstruct }, { apiObject: CONSTRUCT });
    return (apiObject as Lending)[FIELDS]?.() ?? [];
  }

  private constructor() {}
}

/** Says which fields of an object belong to somebody else; asked late, for a later release may lend some. */
export function lendFields(object: ApiObject, fields: () => string[]): void {
  Object.defineProperty(object, FIELDS, { value: fields });
}

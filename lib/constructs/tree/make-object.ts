import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';
import { markMade } from '../../support/marker';

/** Class of an object, as the imports have it; its type of spec comes with it. */
export interface ObjectClass<Spec> {
  readonly GVK: GroupVersionKind;
  manifest(props?: { readonly spec?: Spec }): unknown;
}

/**
 * An object of ours. Specs are typed by the generated classes, yet written as they are: the classes' own conversion from names in TypeScript
 * to names in JSON would cost a tenth of a synth, and all names but a few are the same.
 */
export function makeObject<Spec>(
  scope: Construct,
  id: string,
  { GVK }: ObjectClass<Spec>,
  metadata: ApiObjectMetadata,
  spec?: Spec,
): ApiObject {
  return markMade(new ApiObject(scope, id, { ...GVK, metadata, ...(spec === undefined ? {} : { spec }) }));
}

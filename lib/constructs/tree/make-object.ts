import { ApiObject, type ApiObjectMetadata, type GroupVersionKind, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { markMade, markPatched } from '../../support/marker';

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
  return markMade(new MadeObject(scope, id, { ...GVK, metadata, ...(spec === undefined ? {} : { spec }) }));
}

/** Remembers that a user has patched it: what we render needs no check, what is patched does. */
class MadeObject extends ApiObject {
  override addJsonPatch(...ops: JsonPatch[]): void {
    markPatched(this);
    super.addJsonPatch(...ops);
  }
}

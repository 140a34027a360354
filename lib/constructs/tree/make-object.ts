import { ApiObject, type ApiObjectMetadata, type GroupVersionKind, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { ISTIO_FIRST } from '../../istio/first-versions';
import { markMade, markPatched } from '../../support/marker';
import { isBefore } from '../../support/versions/version-order';

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
  return claimObject(new ApiObject(scope, id, { ...GVK, metadata, ...(spec === undefined ? {} : { spec }) }));
}

/** The class in the version that the mesh's Istio reads: an older one of its API where there is one. */
export function inVersionOf<Spec>({ GVK, manifest }: ObjectClass<Spec>, istioVersion?: string): ObjectClass<Spec> {
  const [group] = GVK.apiVersion.split('/');
  const older = ISTIO_FIRST.find(({ olderApi, kinds }) => olderApi !== undefined && kinds.includes(`${group}/${GVK.kind}`));
  const isOld = older !== undefined && istioVersion !== undefined && isBefore(istioVersion, older.version);
  return { manifest, GVK: isOld ? { ...GVK, apiVersion: `${group}/${older.olderApi}` } : GVK };
}

/** Makes an object known as one of ours, and as a changed one from the first patch that somebody adds. */
export function claimObject(object: ApiObject): ApiObject {
  object.addJsonPatch = patch;
  return markMade(object);
}

// One function for all objects: a program has many.
function patch(this: ApiObject, ...operations: JsonPatch[]): void {
  markPatched(this);
  ApiObject.prototype.addJsonPatch.apply(this, operations);
}

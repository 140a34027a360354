import { type ApiObject, JsonPatch } from 'cdk8s';
import { markPatched } from '../../support/marker';

/** A manifest while it is being completed. */
export type Manifest = Record<string, unknown>;

/**
 * Adds what an object's own class has no words for, on what it renders, so that the class does not drop it again. Patches of users come after
 * that: what is added can be patched as well.
 */
export function amendManifest(object: ApiObject, complete: (manifest: Manifest) => Manifest): void {
  const render = object.toJson.bind(object) as () => Manifest;
  const patches: JsonPatch[] = [];
  object.addJsonPatch = (...operations) => {
    markPatched(object);
    patches.push(...operations);
  };
  object.toJson = () => {
    const manifest = complete(render());
    return patches.length > 0 ? (JsonPatch.apply(manifest, ...patches) as Manifest) : manifest;
  };
}

import type { ApiObject } from 'cdk8s';

/** A manifest while it is being completed. */
export type Manifest = Record<string, unknown>;

/** Adds what an object's own class has no words for, on what it renders. Last, so that nothing it lacks is dropped again. */
export function completeWith(object: ApiObject, complete: (manifest: Manifest) => Manifest): void {
  const render = object.toJson.bind(object) as () => Manifest;
  object.toJson = () => complete(render());
}

import type { ManifestObject } from '../../model/mesh-model';
import { specOf } from '../objects/manifest-object';

/** Policies by which one proxy asks an authorizer while others have it ask another one. */
export function severalAuthorizers(objects: readonly ManifestObject[]): ManifestObject[] {
  const questions = objects.filter((object) => object.kind === 'AuthorizationPolicy' && specOf(object).action === 'CUSTOM');
  return questions.filter((object) => questions.some((other) => isBeside(object, other)));
}

function isBeside(one: ManifestObject, other: ManifestObject): boolean {
  const placeOf = (object: ManifestObject): string => {
    const { selector, targetRefs } = specOf(object);
    return JSON.stringify([object.namespaceName, selector, targetRefs]);
  };
  const providerOf = (object: ManifestObject): string => JSON.stringify(specOf(object).provider);
  return placeOf(one) === placeOf(other) && providerOf(one) !== providerOf(other);
}

import { severalAuthorizers } from '../../../cluster/policies/several-authorizers';
import { fieldName, lacks, type UseOfNewer, usesOfNewer } from '../../../cluster/versions/uses-of-newer';
import { ISTIO_FIRST, SEVERAL_AUTHORIZERS } from '../../../istio/first-versions';
import type { MeshModel } from '../../../model/mesh-model';

/** What a program uses that its Istio does not have yet: nothing where nobody has said which Istio that is. */
export function newerThanIstio({ istioVersion, objects }: MeshModel): UseOfNewer[] {
  if (istioVersion === undefined) return [];
  const authorizers = severalAuthorizers(objects).map((object) => ({ first: SEVERAL_AUTHORIZERS, object }));
  return [...usesOfNewer(ISTIO_FIRST, objects), ...authorizers].filter(({ first }) => lacks(first, istioVersion));
}

/** What goes wrong, with the last words of a field as people look for it. */
export function faultOf({ first: { before, field } }: UseOfNewer): string {
  return field === undefined ? before : `${before}: ${fieldName(field)}`;
}

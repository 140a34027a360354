import type { ManifestObject } from '../../model/mesh-model';
import { groupOf, namespaceOf } from './manifest-object';

// Of Kubernetes and Istio, by whose objects nobody makes Services and pods that no manifest has.
const WITHOUT_OPERATOR = /^[^.]*$|\.k8s\.io$|\.istio\.io$|^cert-manager\.io$/;

/** Namespaces in which an operator makes more of what it finds. */
export function operatedNamespaces(objects: readonly ManifestObject[]): ReadonlySet<string> {
  return new Set(objects.filter((object) => !WITHOUT_OPERATOR.test(groupOf(object))).map(namespaceOf));
}

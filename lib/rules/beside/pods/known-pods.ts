import type { Attached } from '../../../cluster/policies/attachments';
import { isEmpty, type Labels } from '../../../cluster/objects/fields';
import { pickedPods } from '../../../cluster/workloads/picked-pods';
import { namespacesWithHiddenPods } from '../../../cluster/workloads/pod-templates';
import { workloadsWith } from '../../../cluster/workloads/workloads';
import type { MeshModel } from '../../../model/mesh-model';
import { clusterOf } from '../../cluster-of';
import { ownedNamespaces } from '../../planes';

// Kubernetes, its controllers and Istio put them on pods by themselves.
const ADDED =
  /^((pod|rollouts-pod)-template-hash|pod-template-generation|controller-(revision-hash|uid)|job-name|istio\.io\/rev|kubernetes\.io\/hostname)$|^((batch|statefulset|apps)\.kubernetes|(service|security)\.istio)\.io\/|^topology\./;

/**
 * Whether all pods of a namespace are in the manifests: the program makes it and has workloads in it, and no operator makes pods there from objects
 * that nobody here can read.
 */
export function knowsPods(model: MeshModel, namespaceName: string): boolean {
  const cluster = clusterOf(model);
  const isOwn = ownedNamespaces(model).has(namespaceName) && !namespacesWithHiddenPods(cluster).has(namespaceName);
  return isOwn && workloadsWith(cluster, namespaceName, {}).length > 0;
}

/** Whether a selector surely picks no pod at all. */
export function picksNobody(model: MeshModel, { namespaceName, selector, targets }: Attached): boolean {
  if (isEmpty(selector) || targets.length > 0 || !knowsPods(model, namespaceName)) return false;
  return pickedPods(clusterOf(model), namespaceName, written(selector)).length === 0;
}

function written(selector: Labels): Labels {
  return Object.fromEntries(Object.entries(selector).filter(([key]) => !ADDED.test(key)));
}

import type { ManifestObject, MeshModel, ServiceModel } from '../../../model/mesh-model';
import { labelsOf, valueAt } from '../../../cluster/objects/fields';
import { namespaceOf, specOf } from '../../../cluster/objects/manifest-object';
import { hasLabels } from '../../../cluster/objects/selectors';

/** The service of this program whose pods an object beside it speaks of, by kind and name of their workload. */
export function serviceOfWorkload(model: MeshModel, beside: ManifestObject, kind: string, name: string): ServiceModel | undefined {
  const isIt = (one: ManifestObject): boolean => one.kind === kind && one.name === name && namespaceOf(one) === namespaceOf(beside);
  const workload = model.objects.find(isIt);
  return workload && serviceOfPods(model, workload);
}

/** The service of this program that the pods of a workload belong to. */
export function serviceOfPods(model: MeshModel, workload: ManifestObject): ServiceModel | undefined {
  const labels = labelsOf(valueAt(specOf(workload), 'template', 'metadata', 'labels'));
  return model.services.find(
    ({ namespaceName, podLabels }) => podLabels && namespaceName === namespaceOf(workload) && hasLabels(labels, podLabels),
  );
}

/** Objects of this program of a kind, by name. */
export function madeNamed(model: MeshModel, namespaceName: string, kind: string, names: readonly string[]): ManifestObject[] {
  return model.objects.filter((one) => one.made && one.kind === kind && names.includes(one.name) && namespaceOf(one) === namespaceName);
}

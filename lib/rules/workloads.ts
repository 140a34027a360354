import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { addTo } from '../support/grouping';
import { type Fields, fieldsOf, type Labels, labelsOf, listOf, namespaceOf, specOf, valueAt } from './manifest-reader';
import { hasSidecars, isAmbient, type MeshMode, modeOfPods, namespaceModes } from './namespace-planes';
import { perModel } from './per-model';

/** The pods that one object of the program brings about. */
export interface Pods {
  readonly object: ManifestObject;
  readonly namespaceName: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: Fields;
  /** Data plane that they end up in; absent outside the mesh. */
  readonly mode?: MeshMode;
}

/** The pod template of any kind that has one, and what stands for pods outside the cluster. */
function templateOf(object: ManifestObject): Fields | undefined {
  const spec = specOf(object);
  if (object.kind === 'WorkloadEntry') return { metadata: { labels: spec.labels } };
  if (object.kind === 'WorkloadGroup') return { metadata: spec.metadata };
  const template = object.kind === 'Pod' ? object.manifest : fieldsOf(spec.template ?? valueAt(spec, 'jobTemplate', 'spec', 'template'));
  return listOf(valueAt(template, 'spec', 'containers')).length > 0 ? template : undefined;
}

function readPods(object: ManifestObject, template: Fields, modes: ReadonlyMap<string, MeshMode>): Pods {
  const namespaceName = namespaceOf(object);
  const labels = labelsOf(valueAt(template, 'metadata', 'labels'));
  const annotations = labelsOf(valueAt(template, 'metadata', 'annotations'));
  const spec = fieldsOf(template.spec);
  const mode = spec === template.spec ? modeOfPods(modes.get(namespaceName), labels, annotations, spec) : 'sidecar';
  return { object, namespaceName, labels, annotations, spec, mode };
}

export const allPods = perModel((model): readonly Pods[] => {
  const modes = namespaceModes(model);
  return model.objects.flatMap((object) => {
    const template = templateOf(object);
    return template ? [readPods(object, template, modes)] : [];
  });
});

const podsByLabel = perModel((model) => {
  const index = new Map<string, Pods[]>();
  for (const pods of allPods(model)) {
    for (const [key, value] of Object.entries(pods.labels)) addTo(index, labelKey(pods.namespaceName, key, value), pods);
  }
  return index;
});

function labelKey(namespaceName: string, key: string, value: string): string {
  return `${namespaceName}/${key}=${value}`;
}

/** Pods of the program that a selector picks; an empty selector picks none here. */
export function selectPods(model: MeshModel, namespaceName: string, selector: Labels): readonly Pods[] {
  const index = podsByLabel(model);
  const candidates = Object.entries(selector).map(([key, value]) => index.get(labelKey(namespaceName, key, value)) ?? []);
  if (candidates.length === 0) return [];
  const rarest = candidates.reduce((a, b) => (b.length < a.length ? b : a));
  return rarest.filter(({ labels }) => hasLabels(labels, selector));
}

export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** The data plane of what a selector picks; of the namespace when the program does not have the pods. */
export function selectedPlane(model: MeshModel, namespaceName: string, selector: Labels): { readonly mode?: MeshMode } {
  const picked = selectPods(model, namespaceName, selector);
  if (picked.length === 0) return { mode: namespaceModes(model).get(namespaceName) };
  return picked.find(isAmbient) ?? picked.find(hasSidecars) ?? {};
}

import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, type Labels, labelsOf, listOf, textOf, valueAt } from '../objects/fields';
import { groupOf, metadataOf, namespaceOf, specOf } from '../objects/manifest-object';
import { objectsByKind, objectsOf, tryObject } from '../objects/objects-by-kind';

/** How the pods of one object look. */
export interface PodTemplate {
  readonly object: ManifestObject;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Of the pod. */
  readonly spec: Fields;
  /** What is said of a machine. */
  readonly machine?: Fields;
  readonly serviceAccountName?: string;
  /** A machine beside the cluster, whose proxy somebody has installed. */
  readonly isOutside: boolean;
}

const POD_KINDS = [
  ['apps', 'Deployment'],
  ['apps', 'StatefulSet'],
  ['apps', 'DaemonSet'],
  ['batch', 'Job'],
  ['', 'Pod'],
  ['apps', 'ReplicaSet'],
  ['', 'ReplicationController'],
  ['batch', 'CronJob'],
] as const;
const MACHINE_KINDS = ['WorkloadEntry', 'WorkloadGroup'] as const;

/** The templates of all kinds that have one: those of Kubernetes, machines that join the mesh, and whatever else has containers (an Argo Rollout). */
export const podTemplates = perCluster((cluster: Cluster): readonly PodTemplate[] => [
  ...POD_KINDS.flatMap(([group, kind]) => objectsOf(cluster, group, kind))
    .filter((object) => !makerOf(cluster, object))
    .map((object) => readTemplate(object, templateOf(object))),
  ...foreignObjects(cluster)
    .map((object) => readTemplate(object, templateOf(object)))
    .filter(({ spec }) => listOf(spec.containers).length > 0),
  ...MACHINE_KINDS.flatMap((kind) => objectsOf(cluster, 'networking.istio.io', kind)).map(readMachine),
]);

function templateOf(object: ManifestObject): Fields {
  const { manifest, kind } = object;
  const spec = specOf(object);
  return kind === 'Pod' ? manifest : fieldsOf(spec.template ?? valueAt(spec, 'jobTemplate', 'spec', 'template'));
}

function readTemplate(object: ManifestObject, template: Fields): PodTemplate {
  const spec = fieldsOf(template.spec);
  return {
    object,
    labels: labelsOf(valueAt(template, 'metadata', 'labels')),
    annotations: labelsOf(valueAt(template, 'metadata', 'annotations')),
    spec,
    serviceAccountName: textOf(spec.serviceAccountName) ?? textOf(spec.serviceAccount),
    isOutside: false,
  };
}

/** A group says of all its entries what an entry says of itself; labels stand in two places. */
function readMachine(object: ManifestObject): PodTemplate {
  const isEntry = object.kind === 'WorkloadEntry';
  const said = isEntry ? specOf(object) : fieldsOf(specOf(object).template);
  const around = isEntry ? metadataOf(object) : fieldsOf(specOf(object).metadata);
  return {
    object,
    labels: { ...labelsOf(said.labels), ...labelsOf(around.labels) },
    annotations: labelsOf(around.annotations),
    spec: {},
    machine: said,
    serviceAccountName: textOf(said.serviceAccount),
    isOutside: true,
  };
}

/** The object of the manifests that has made another one: what a cluster answers holds the pods of a Deployment beside it. */
export function makerOf(cluster: Cluster, object: ManifestObject): ManifestObject | undefined {
  const makers = listOf(metadataOf(object).ownerReferences).flatMap(({ apiVersion, kind, name }) => {
    const group = groupOf({ apiVersion: textOf(apiVersion) ?? '' });
    return tryObject(cluster, group, textOf(kind) ?? '', `${namespaceOf(object)}/${textOf(name)}`) ?? [];
  });
  return makers[0];
}

/** Namespaces in which an operator may make pods of which nothing stands in the manifests. */
export const namespacesWithHiddenPods = perCluster((cluster: Cluster): ReadonlySet<string> => {
  const isHiding = (object: ManifestObject): boolean => listOf(valueAt(templateOf(object), 'spec', 'containers')).length === 0;
  return new Set(foreignObjects(cluster).filter(isHiding).map(namespaceOf));
});

/** Objects of groups that neither Kubernetes nor Istio has: only those may have pods that nobody here knows of. */
function foreignObjects(cluster: Cluster): ManifestObject[] {
  const kinds = [...objectsByKind(cluster).keys()].sort().map((groupKind) => groupKind.split('/'));
  return kinds.filter(([group]) => isForeign(group)).flatMap(([group, kind]) => objectsOf(cluster, group, kind));
}

function isForeign(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io') && !group.endsWith('.istio.io');
}

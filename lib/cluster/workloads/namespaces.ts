import { CORE } from '../../istio/api-groups';
import { NAMESPACE_NAME } from '../../istio/labels';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Labels, NO_FIELDS } from '../objects/fields';
import { annotationsOfObject, labelsOfObject } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { proxyFor } from './enrolment';
import type { Proxy } from './proxies';

const NO_LABELS = NO_FIELDS as Labels;

const knownLabels = perCluster((cluster: Cluster): ReadonlyMap<string, Labels> => {
  const written = objectsOf(cluster, CORE, 'Namespace').map((object): [string, Labels] => [object.name, labelsOfObject(object)]);
  const all = [...Object.entries(cluster.namespacesElsewhere), ...written];
  return new Map(all.map(([name, labels]) => [name, withName(name, labels)]));
});

/** Kubernetes puts a namespace's own name among its labels. */
function withName(name: string, labels: Labels): Labels {
  return { ...labels, [NAMESPACE_NAME]: name };
}

/** A namespace that nobody describes exists too, without a label of Istio's. */
export function labelsOfNamespace(cluster: Cluster, name: string): Labels {
  return knownLabels(cluster).get(name) ?? withName(name, NO_LABELS);
}

const knownAnnotations = perCluster(
  (cluster: Cluster): ReadonlyMap<string, Labels> =>
    new Map(objectsOf(cluster, CORE, 'Namespace').map((object) => [object.name, annotationsOfObject(object)])),
);

export function annotationsOfNamespace(cluster: Cluster, name: string): Labels {
  return knownAnnotations(cluster).get(name) ?? NO_LABELS;
}

/** Who speaks for pods of a namespace that say nothing themselves. */
export function proxyInNamespace(cluster: Cluster, namespaceName: string): Proxy {
  const namespaceLabels = labelsOfNamespace(cluster, namespaceName);
  return proxyFor({ namespaceName, namespaceLabels, labels: NO_LABELS, annotations: NO_LABELS, hostNetwork: false });
}

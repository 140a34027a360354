import { groupKindOf, namespaceOf } from '../cluster/objects/manifest-object';
import { operatedNamespaces } from '../cluster/objects/operated-namespaces';
import { CLUSTER_DOMAIN, TRUST_DOMAIN } from '../istio/defaults';
import type { ManifestObject, MeshModel } from '../model/mesh-model';
import type { MeshWords } from './yaml/kept-mesh';
import type { MeshConfigWords } from './yaml/mesh-config';

const WITH_PODS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet', 'batch/Job', 'batch/CronJob', '/Pod'];

/** A model in which nobody has said anything but objects, and perhaps how the mesh is set up. */
export function bareModel(objects: readonly ManifestObject[], words: Partial<MeshWords> & MeshConfigWords = {}): MeshModel {
  return {
    trustDomain: TRUST_DOMAIN,
    clusterDomain: CLUSTER_DOMAIN,
    objects,
    knownNamespaces: knownNamespaces(objects),
    namespaces: [],
    services: [],
    others: [],
    calls: [],
    routes: [],
    exposures: [],
    limits: [],
    weakenings: [],
    lostPatches: [],
    ...words,
  };
}

/** Namespaces that are there themselves, with pods, and where no operator makes more of what it finds. */
function knownNamespaces(objects: readonly ManifestObject[]): string[] {
  const withPods = new Set(objects.filter((object) => WITH_PODS.includes(groupKindOf(object))).map(namespaceOf));
  const operated = operatedNamespaces(objects);
  const named = objects.filter((object) => groupKindOf(object) === '/Namespace').map(({ name }) => name);
  return named.filter((name) => withPods.has(name) && !operated.has(name));
}

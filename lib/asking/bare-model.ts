import { CLUSTER_DOMAIN, TRUST_DOMAIN } from '../istio/defaults';
import type { ManifestObject, MeshModel } from '../model/mesh-model';

/** A model in which nobody has said anything but objects. */
export function bareModel(objects: readonly ManifestObject[]): MeshModel {
  return {
    trustDomain: TRUST_DOMAIN,
    clusterDomain: CLUSTER_DOMAIN,
    objects,
    namespaces: [],
    services: [],
    others: [],
    calls: [],
    routes: [],
    exposures: [],
    limits: [],
    weakenings: [],
    lostPatches: [],
  };
}

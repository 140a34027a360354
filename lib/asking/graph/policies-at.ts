import type { Cluster } from '../../cluster/cluster';
import { authorizationIndex } from '../../cluster/policies/authorization-policies';
import type { MeshService } from '../../cluster/services/services';
import type { ManifestObject } from '../../model/mesh-model';
import { attachedTo } from '../../verdict/decision/enforcer';
import { enforcersOfService } from '../../verdict/enforcers';

/** Policies that hold for a Service, at its waypoint or at its pods. */
export function policiesAt(cluster: Cluster, service: MeshService): ManifestObject[] {
  const attached = enforcersOfService(cluster, service).flatMap((enforcer) => attachedTo(cluster, authorizationIndex(cluster), enforcer));
  return attached.map(({ object }) => object);
}

import { CORE } from '../../istio/api-groups';
import type { MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { selectedProxies } from '../../cluster/workloads/selected-proxies';
import { clusterOf } from '../cluster-of';
import { NAMESPACE_PLANE_LABELS } from '../comparison';
import { ownWorkloads } from '../owners';
import { rule } from '../rule';

export const notEnrolled = rule({
  code: 'MESH112',
  level: 'warning',
  title: 'declared outside any mesh namespace',
  compares: [{ kinds: [`${CORE}/Namespace`], fields: NAMESPACE_PLANE_LABELS, sought: true }],

  check(model, report) {
    for (const service of ownWorkloads(model)) {
      if (service.namespace.enrolled || isEnrolledBeside(model, service)) continue;
      report({
        on: service,
        message: `${service.name} is in namespace ${service.namespaceName}, and nothing here adds its pods to the mesh: its policies may protect nothing`,
        got: `no MeshNamespace around ${service.path}, and none called ${service.namespaceName}`,
        fix: `declare namespace ${service.namespaceName} by a MeshNamespace anywhere in the App, or by MeshNamespace.fromName if it is made elsewhere`,
      });
    }
    for (const party of model.others.filter(isOutside)) {
      report({
        on: party,
        message: `${party.name} is in namespace ${party.namespaceName}, outside any MeshNamespace: no waypoint and no namespace policy covers it`,
        got: `no MeshNamespace around ${party.path}`,
        fix: 'declare it inside a MeshNamespace or ZeroTrustNamespace',
      });
    }
  },
});

// Gateways and hosts outside the cluster have no pods that somebody could enrol by hand.
function isOutside({ kind, owned, namespace }: Party): boolean {
  return owned && !namespace.enrolled && (kind === 'gateway' || kind === 'external');
}

// A raw Namespace with labels, or the pods' own labels, do as well.
function isEnrolledBeside(model: MeshModel, { namespaceName, podLabels = {} }: Party): boolean {
  return selectedProxies(clusterOf(model), namespaceName, podLabels).every(({ isInMesh }) => isInMesh);
}

import { namespaceOf, titleOf } from '../../cluster/objects/manifest-object';
import { authorizationPolicies } from '../../cluster/policies/authorization-policies';
import { ROOT_NAMESPACE } from '../../istio/defaults';
import { SECURITY } from '../../istio/api-groups';
import type { MeshModel } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const triedUnderDeny = rule({
  code: 'MESH278',
  level: 'error',
  title: 'grants are only tried out where the whole mesh is closed',
  compares: [{ kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec action', 'spec selector'], made: false }],

  check(model, report) {
    const closing = closingAll(model);
    if (closing.length === 0) return;
    for (const namespace of model.namespaces.filter(({ stage }) => stage === 'observe')) {
      report({
        on: namespace,
        message: `${closing.join(' and ')} refuses every call of the mesh that nothing allows, and the grants of ${namespace.name} allow none yet`,
        got: 'stage OBSERVE',
        fix: 'begin with ZeroTrustStage.ALLOW_KNOWN, which lets everything through beside its grants',
      });
    }
  },
});

/** Policies of the root namespace that are for everybody there is, or for every waypoint. */
function closingAll(model: MeshModel): string[] {
  const { rootNamespace = ROOT_NAMESPACE } = model;
  return authorizationPolicies(clusterOf(model))
    .filter(({ action, isDryRun, object, selector, targets }) => {
      const isForAll = Object.keys(selector).length === 0 && targets.every(({ kind }) => kind === 'GatewayClass');
      return action === 'ALLOW' && !isDryRun && namespaceOf(object) === rootNamespace && isForAll;
    })
    .map(({ object }) => titleOf(object));
}

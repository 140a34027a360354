import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { namespaceOf, titleOf } from '../../cluster/objects/manifest-object';
import { KUBERNETES_NETWORKING, SECURITY } from '../../istio/api-groups';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { hasNetworkPolicies } from '../../model/namespace-facts';
import { clusterOf } from '../cluster-of';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';

export const openedByStage = rule({
  code: 'MESH277',
  level: 'warning',
  title: 'stage of a namespace opens what an object beside it closes',
  compares: [{ kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec action'], made: false }],

  check(model, report) {
    for (const namespace of model.namespaces.filter(({ stage }) => stage === 'allow-known')) {
      for (const object of closersIn(model, namespace.name, hasNetworkPolicies(namespace))) {
        report({
          on: object,
          message: `${titleOf(object)} closes pods of ${namespace.name}, and until its last stage the namespace lets everything through beside it`,
          got: 'stage ALLOW_KNOWN',
          fix: `declare its callers with \`calls\` and go on to DENY_REST, or keep ${namespace.name} a MeshNamespace`,
        });
      }
    }
  },
});

/** What lets in some and therefore nobody else: such objects add up with whatever lets in all. */
function closersIn(model: MeshModel, namespaceName: string, hasNetwork: boolean): ManifestObject[] {
  const policies = rawPolicies(model).filter(({ action, isDryRun, object }) => {
    return action === 'ALLOW' && !isDryRun && namespaceOf(object) === namespaceName;
  });
  const network = objectsOf(clusterOf(model), KUBERNETES_NETWORKING, 'NetworkPolicy').filter(
    (object) => !object.made && namespaceOf(object) === namespaceName,
  );
  return [...policies.map(({ object }) => object), ...(hasNetwork ? network : [])];
}

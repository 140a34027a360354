import { asksNobody, authorizationPolicies } from '../../cluster/policies/authorization-policies';
import { nearestOf } from '../../support/options/nearest';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const unknownAuthorizer = rule({
  code: 'MESH354',
  level: 'error',
  title: 'policy that asks a provider which the mesh does not have',

  check(model, report) {
    const cluster = clusterOf(model);
    const { authorizerNames: known = [] } = cluster;
    for (const { object, title, provider = '', isDryRun } of authorizationPolicies(cluster).filter((policy) =>
      asksNobody(cluster, policy),
    )) {
      if (isDryRun) continue;
      const near = nearestOf(provider, known);
      report({
        on: object,
        field: ['spec', 'provider', 'name'],
        message: `${title} asks ${provider}, and the mesh configuration has no external authorizer of that name: proxies refuse every request that it matches`,
        got: `${provider}; extensionProviders has ${known.join(', ') || 'none'}`,
        fix: near === undefined ? 'write it into extensionProviders, with envoyExtAuthzHttp or envoyExtAuthzGrpc' : `did you mean ${near}?`,
      });
    }
  },
});

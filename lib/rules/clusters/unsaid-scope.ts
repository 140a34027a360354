import type { CallModel } from '../../model/mesh-model';
import { hasNetworkPolicies } from '../../model/namespace-facts';
import { isOwnService, type Party } from '../../model/party';
import { partyText } from '../call-words';
import { hasSidecars } from '../planes';
import { rule } from '../rule';

export const unsaidScope = rule({
  code: 'MESH612',
  level: 'warning',
  title: 'called service of several clusters of which nobody says whose pods answer',

  check({ calls, otherClusters = [] }, report) {
    if (otherClusters.length === 0) return;
    const callees = new Map(calls.filter(mayBeShut).map(({ callee, caller }) => [callee.key, { callee, caller }]));
    for (const { callee, caller } of callees.values()) {
      report({
        on: callee,
        message: `proxies, as those of ${partyText(caller)}, send calls of ${partyText(callee)} also to its pods in other clusters, where there are some, and no NetworkPolicy lets them through`,
        got: `a mesh with ${otherClusters.map(({ name }) => name).join(', ')}, and no serviceScope`,
        fix: 'say serviceScope: ServiceScope.LOCAL where its callers are to stay in their cluster, or ServiceScope.GLOBAL where all pods are to answer',
      });
    }
  },
});

/** Its proxy picks among the pods of all clusters, and an end of the call lets no packets from and to others. */
function mayBeShut({ action, caller, callee }: CallModel): boolean {
  if (action !== 'ALLOW' || caller.cluster !== undefined || !picks(caller, callee)) return false;
  return isOwnService(callee) && callee.scope === undefined && callee.addresses === undefined && [caller, callee].some(isClosed);
}

const picks = ({ kind, namespace }: Party, callee: Party): boolean => hasSidecars(kind === 'gateway' ? callee.namespace : namespace);

const isClosed = ({ namespace }: Party): boolean => namespace.owned && hasNetworkPolicies(namespace);

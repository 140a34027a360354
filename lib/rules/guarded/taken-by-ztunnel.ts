import { podsBehind } from '../../cluster/services/endpoints';
import { tryServiceOf } from '../../cluster/services/registry';
import type { Cluster } from '../../cluster/cluster';
import { clusterOf } from '../cluster-of';
import { partyText } from '../call-words';
import { isAmbient } from '../planes';
import { rule } from '../rule';

export const takenByZtunnel = rule({
  code: 'MESH504',
  level: 'warning',
  title: 'add-on outside the mesh in a namespace that is in ambient mode',

  check(model, report) {
    const ambient = new Set(model.namespaces.filter((one) => one.enrolled && isAmbient(one)).map(({ name }) => name));
    for (const party of model.others.filter(({ kind, isGuarded }) => kind === 'unmeshed' && isGuarded)) {
      const { namespaceName, host = '', name } = party;
      if (!ambient.has(namespaceName) || arePodsKnown(clusterOf(model), host)) continue;
      report({
        on: party,
        message: `${partyText(party)} is said to be outside the mesh, and ztunnel takes the traffic of all pods of namespace ${namespaceName}: callers connect to port 15008, which the NetworkPolicy ${name} refuses`,
        got: 'no dataPlane',
        fix: `say dataPlane: DataPlane.ambient() of the add-on; or label its pods istio.io/dataplane-mode: none, and acknowledge this`,
      });
    }
  },
});

// What pods say themselves is judged where they are seen.
function arePodsKnown(cluster: Cluster, host: string): boolean {
  const service = tryServiceOf(cluster, host);
  return service !== undefined && podsBehind(cluster, service).length > 0;
}

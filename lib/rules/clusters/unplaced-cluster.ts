import type { Hop } from '../../model/hop';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { hasNetworkPolicies } from '../../model/namespace-facts';
import { partyText } from '../call-words';
import { rule } from '../rule';

const SHUT = {
  podCidrs: 'its pods are on the same network, and no NetworkPolicy can select pods of another cluster',
  gatewayAddresses: 'it is on another network, reached by the addresses of its east-west gateway, and a NetworkPolicy takes no DNS name',
};

export const unplacedCluster = rule({
  code: 'MESH610',
  level: 'error',
  title: 'cluster of the mesh of which nobody says where it is',

  check(model, report) {
    for (const call of model.calls.filter(({ action }) => action === 'ALLOW')) {
      const [hop] = call.hops.filter((one) => one.unplaced && isClosed(model, call, one));
      if (!hop) continue;
      const { cluster, lacks } = hop.unplaced!;
      report({
        on: call,
        message: `${partyText(call.caller)} and ${partyText(call.callee)} do not reach each other between this cluster and ${cluster}: ${SHUT[lacks]}`,
        got: `${lacks} of cluster ${cluster} without an address`,
        fix: `say ${lacks} in MeshCluster.of('${cluster}', …), or leave the network layer of the namespace to somebody else with networkPolicy`,
      });
    }
  },
});

/** The end of the connection that is here has NetworkPolicies of this program. */
function isClosed({ namespaces }: MeshModel, { caller, callee }: CallModel, { from, to }: Hop): boolean {
  const here = to.world ? from : to;
  const party = [caller, callee].find(({ key }) => key === here.key);
  const namespace = party?.namespace ?? namespaces.find(({ name }) => name === here.namespaceName);
  return namespace !== undefined && hasNetworkPolicies(namespace) && (party?.owned ?? namespace.owned);
}

import type { Call } from '../../model/call';
import type { ClusterFacts } from '../../model/clusters/cluster-facts';
import type { Hop } from '../../model/hop';
import type { Party } from '../../model/party';
import { isWaypoint } from '../peers';
import { comingFrom, goingTo, type MeshClusters } from './other-clusters';

/**
 * The connections of a call in a mesh of several clusters. No policy of Kubernetes can select pods of another cluster: packets come from the gateway of this network, or from
 * addresses that somebody said, and go to such addresses. Who comes is told as everywhere, for its identity is the same in all clusters.
 */
export function acrossClusters(hops: readonly Hop[], call: Call, mesh: MeshClusters): readonly Hop[] {
  const { cluster: here, otherClusters = [] } = mesh;
  const apart = here && networkApart(call, here);
  if (apart) return hops.flatMap((hop) => (hop.from.key === call.caller.key ? [hop, ...comingFrom(inPassing(hop), apart, mesh)] : [hop]));
  if (!here || otherClusters.length === 0) return hops;
  const open =
    call.callee.scope === 'GLOBAL' && call.action === 'ALLOW' ? otherClusters.flatMap((other) => bothWays(hops, other, mesh)) : [];
  const clusterOf = ({ cluster }: Party): ClusterFacts | undefined => otherClusters.find(({ name }) => name === cluster);
  const [from, to] = [clusterOf(call.caller), clusterOf(call.callee)];
  // The waypoint of a callee elsewhere is elsewhere.
  if (to) return hops.filter((hop) => !isOfWaypoint(hop)).flatMap((hop) => goingTo(hop, to, here));
  if (from)
    return hops.flatMap((hop) => (isOfWaypoint(hop) ? [hop, ...comingFrom(inPassing(hop), from, mesh)] : comingFrom(hop, from, mesh)));
  return [...hops, ...open];
}

/** Callers and pods of one service are in this cluster and in another one: connections come from there, and go there. */
function bothWays(hops: readonly Hop[], other: ClusterFacts, mesh: MeshClusters): Hop[] {
  return hops.map(inPassing).flatMap((hop) => [...comingFrom(hop, other, mesh), ...goingTo(hop, other, mesh.cluster!)]);
}

/** Machines of another network come to pods through the gateway of this one; those beside them, by themselves. */
function networkApart({ caller, callee }: Call, here: ClusterFacts): ClusterFacts | undefined {
  if (here.network === undefined || callee.addresses || callee.cluster !== undefined) return undefined;
  const network = caller.networks?.find((one) => one !== here.network);
  return network ? { name: network, network, podCidrs: [], gatewayAddresses: [] } : undefined;
}

function isOfWaypoint({ from }: Hop): boolean {
  return from.key !== undefined && isWaypoint(from.key);
}

// A waypoint of the other cluster may have asked who it is already, and sends to pods by itself.
function inPassing({ from, to, networkPorts }: Hop): Hop {
  return { from, to, networkPorts };
}

import { EAST_WEST_GATEWAY, EAST_WEST_PODS } from '../../istio/defaults';
import { CROSS_NETWORK, HBONE } from '../../istio/ports';
import type { ClusterFacts } from '../../model/clusters/cluster-facts';
import type { Hop, Peer } from '../../model/hop';
import { addressBlocks } from '../../support/addresses';
import { gatewayPods } from '../peers';

/** The clusters of a mesh, as one of them sees them. */
export interface MeshClusters {
  /** Where the gateways between networks are. */
  readonly rootNamespace: string;
  readonly cluster?: ClusterFacts;
  readonly otherClusters?: readonly ClusterFacts[];
}

/** A connection that comes from pods of another cluster: as it is on one network, and from the gateway that takes it in on another. */
export function comingFrom(hop: Hop, other: ClusterFacts, { cluster, rootNamespace }: MeshClusters): Hop[] {
  if (other.network === cluster?.network) return [{ ...hop, ...placed(hop, other, 'podCidrs', (at) => ({ from: at })) }];
  const { tunnels, others } = divided(hop);
  const gateways: [Peer, number[]][] = [
    [{ namespaceName: rootNamespace, podLabels: EAST_WEST_PODS }, others],
    [{ namespaceName: rootNamespace, podLabels: gatewayPods(EAST_WEST_GATEWAY) }, tunnels],
  ];
  return eachWay(
    hop,
    gateways.map(([from, networkPorts]) => ({ from, networkPorts })),
  );
}

/** A connection that goes to pods of another cluster: as it is on one network, and to the gateway of theirs on another. */
export function goingTo(hop: Hop, other: ClusterFacts, here: ClusterFacts): Hop[] {
  if (other.network === here.network) return [{ ...hop, ...placed(hop, other, 'podCidrs', (at) => ({ to: at })) }];
  const { tunnels, others } = divided(hop);
  const networkPorts = [...others.slice(0, 1).map(() => CROSS_NETWORK), ...tunnels];
  return [{ ...hop, ...placed({ networkPorts }, other, 'gatewayAddresses', (at) => ({ to: at })) }];
}

type Places = 'podCidrs' | 'gatewayAddresses';

/** Where nobody said the addresses, nothing is opened, and a rule tells. */
function placed(
  { networkPorts }: Pick<Hop, 'networkPorts'>,
  cluster: ClusterFacts,
  lacks: Places,
  end: (at: Peer) => Partial<Hop>,
): Partial<Hop> {
  const blocks = addressBlocks(cluster[lacks]);
  const at = end({ world: true, blocks });
  return blocks.length > 0 ? { ...at, networkPorts } : { ...at, networkPorts: [], unplaced: { cluster: cluster.name, lacks } };
}

function divided({ networkPorts }: Hop): { readonly tunnels: number[]; readonly others: number[] } {
  return { tunnels: networkPorts.filter((port) => port === HBONE), others: networkPorts.filter((port) => port !== HBONE) };
}

/** What is checked is checked once, whichever way it comes. */
function eachWay({ to, enforcement }: Hop, ways: ReadonlyArray<Pick<Hop, 'from' | 'networkPorts'>>): Hop[] {
  const open = ways.filter(({ networkPorts }) => networkPorts.length > 0);
  return open.map((way, index) => ({ ...way, to, ...(index === 0 && enforcement && { enforcement }) }));
}

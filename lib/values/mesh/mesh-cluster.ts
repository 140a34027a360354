import type { ClusterFacts } from '../../model/clusters/cluster-facts';
import { isAddress, requireCidr } from '../../support/addresses';
import { requireDomain, requireName } from '../../support/object-names';
import { listOf, made, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';

/** What else is known of a cluster. */
export interface MeshClusterOptions {
  /**
   * Network of its pods, `topology.istio.io/network`. Pods of one network reach each other by their own addresses, and those of two through an east-west gateway.
   * @default - all clusters of the mesh are one network
   */
  readonly network?: string;

  /**
   * Blocks of addresses of its pods. NetworkPolicies of other clusters on the same network name them, for no policy can select pods of another cluster.
   * @default - not known
   */
  readonly podCidrs?: string[];

  /**
   * Addresses or DNS names at which other networks reach its east-west gateway. NetworkPolicies of other networks name the addresses.
   * @default - not known
   */
  readonly gatewayAddresses?: string[];
}

/**
 * A cluster of a mesh that spans several. One App is one cluster: its `Mesh` says which one, and which others there are.
 *
 * @see https://istio.io/latest/docs/ops/deployment/deployment-models/#multiple-clusters
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { Mesh, MeshCluster } from 'istio-constructs';
 *
 * const east = MeshCluster.of('east', { network: 'network-east', gatewayAddresses: ['203.0.113.10'] });
 * const west = MeshCluster.of('west', { network: 'network-west', gatewayAddresses: ['203.0.113.20'] });
 *
 * for (const [cluster, other] of [[east, west], [west, east]]) {
 *   const app = new App({ outdir: `dist/${cluster.clusterName}` });
 *   new Mesh(new Chart(app, 'platform'), 'mesh', { meshId: 'acme', cluster, otherClusters: [other] });
 * }
 */
export class MeshCluster {
  /**
   * A cluster.
   * @param clusterName Its name, as its istiod has it: `global.multiCluster.clusterName`
   * @param options What else is known of it
   */
  public static of(clusterName: string, options: MeshClusterOptions = {}): MeshCluster {
    return new MeshCluster(clusterName, options);
  }

  /** Its name, as its istiod has it. */
  public readonly clusterName: string;
  /** Network of its pods, where that was said. */
  public readonly network?: string;
  /** @internal */
  public readonly _facts: ClusterFacts;

  private constructor(clusterName: string, options: MeshClusterOptions) {
    requireArguments('MeshCluster', { clusterName }, { clusterName: TEXT });
    requireOptions('MeshCluster', options, MESH_CLUSTER_OPTIONS);
    const { network, podCidrs = [], gatewayAddresses = [] } = options;
    this.clusterName = requireName('MeshCluster', 'name of a cluster', clusterName);
    this.network = network === undefined ? undefined : requireName('MeshCluster', 'name of a network', network);
    this._facts = Object.freeze({
      name: this.clusterName,
      ...(this.network !== undefined && { network: this.network }),
      podCidrs: podCidrs.map((cidr) => requireCidr('MeshCluster', 'where pods of a cluster are', cidr)),
      gatewayAddresses: gatewayAddresses.map(requireGatewayAddress),
    });
  }
}

function requireGatewayAddress(address: string): string {
  return isAddress(address) ? address : requireDomain('MeshCluster', 'address of an east-west gateway', address);
}

const MESH_CLUSTER_OPTIONS = struct<MeshClusterOptions>({
  network: optional(TEXT),
  podCidrs: optional(listOf(TEXT)),
  gatewayAddresses: optional(listOf(TEXT)),
});

export const MESH_CLUSTER = made(MeshCluster, 'MeshCluster', "MeshCluster.of('east', { network: 'network-east' })");

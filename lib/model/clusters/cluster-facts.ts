/** A cluster of a mesh that spans several. */
export interface ClusterFacts {
  /** Its name, as its istiod has it. */
  readonly name: string;
  /** Where pods reach one another without a gateway; all clusters are one network when absent. */
  readonly network?: string;
  /** Blocks of addresses of its pods; none that is known when empty. */
  readonly podCidrs: readonly string[];
  /** Addresses or names at which other networks reach its east-west gateways; none that is known when empty. */
  readonly gatewayAddresses: readonly string[];
}

/** The clusters of a mesh, as one of them has it. */
export interface MeshClusters {
  /** Name of the mesh that its clusters share; its trust domain when absent. */
  readonly meshId?: string;
  /** This cluster, in a mesh of several; absent where nobody has said it. */
  readonly cluster?: ClusterFacts;
  /** The others of the mesh. */
  readonly otherClusters?: readonly ClusterFacts[];
}

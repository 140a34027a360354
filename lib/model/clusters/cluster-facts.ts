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

/** What blocks of addresses are about, by the field of a policy that compares them. */
export interface IpBlockFacts {
  /** Of the peer of a connection, or of the client that a proxy before it has told. */
  readonly field: 'ipBlocks' | 'remoteIpBlocks';
}

import type { IpBlockFacts } from '../../model/access/ip-block-facts';
import { requireBlock } from '../../support/addresses';
import { MeshError } from '../../support/mesh-error';
import { listOf, made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/**
 * Blocks of IP addresses, and of whom: of whoever connects, or of the client for whom a gateway does. An address is no identity. Whoever sits at it is meant, and a cluster gives
 * the address of one pod to another one later.
 *
 * Expands into `ipBlocks` or `remoteIpBlocks` of an AuthorizationPolicy rule.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 * @example
 * import { Callers, IpBlocks } from 'istio-constructs';
 *
 * const office = IpBlocks.ofPeers('10.20.0.0/16', '10.21.0.7');
 * product.access.allow(Callers.at(office), { reason: 'the tills of the shops have no identity in the mesh' });
 */
export class IpBlocks {
  /**
   * Addresses from which somebody connects to the proxy that asks: of a pod, or of what stands between (`ipBlocks`).
   * @param blocks Blocks such as `10.20.0.0/16`, or single addresses
   */
  public static ofPeers(...blocks: string[]): IpBlocks {
    return new IpBlocks('ipBlocks', blocks);
  }

  /**
   * Addresses of clients as a gateway tells them: from the header `x-forwarded-for`, of which the gateway believes as much as `trustedProxies` of the IngressGateway says, or from the PROXY protocol
   * (`remoteIpBlocks`). Inside the mesh any caller can write that header.
   * @param blocks Blocks such as `203.0.113.0/24`, or single addresses
   */
  public static ofClients(...blocks: string[]): IpBlocks {
    return new IpBlocks('remoteIpBlocks', blocks);
  }

  /** The blocks, sorted; a single address is a block of one. */
  public readonly blocks: string[];
  /** @internal */
  public readonly _facts: IpBlockFacts;

  private constructor(field: IpBlockFacts['field'], blocks: string[]) {
    requireArguments('IpBlocks', { blocks }, { blocks: listOf(TEXT) });
    if (blocks.length === 0) refuseNone();
    this.blocks = [...new Set(blocks.map((block) => requireSome(requireBlock('IpBlocks', 'an IP block', block))))].sort();
    this._facts = Object.freeze({ field, blocks: this.blocks });
  }

  /** @internal */
  public _peers(at: string): readonly string[] {
    if (this._facts.field !== 'ipBlocks') refuseClients(at, this.blocks);
    return this.blocks;
  }
}

export const IP_BLOCKS = made(IpBlocks, 'IpBlocks', "IpBlocks.ofPeers('10.20.0.0/16')");

function refuseNone(): never {
  throw new MeshError({
    code: 'MESH855',
    at: 'IpBlocks',
    what: 'IP blocks are named one by one',
    got: 'none',
    fix: "write for example IpBlocks.ofPeers('10.20.0.0/16')",
  });
}

function requireSome(block: string): string {
  if (!block.endsWith('/0')) return block;
  throw new MeshError({
    code: 'MESH854',
    at: 'IpBlocks',
    what: 'a block of all addresses tells nobody from anybody',
    got: block,
    fix: 'say allowAnyone with its reason, or at a gateway leave allowOnly out; or name the addresses that are meant',
  });
}

function refuseClients(at: string, blocks: readonly string[]): never {
  throw new MeshError({
    code: 'MESH856',
    at,
    what: 'the address of a client is told by a header, which any caller inside the mesh can write',
    got: `IpBlocks.ofClients of ${blocks.join(', ')}`,
    fix: 'compare clients at the gateway; or name who connects with IpBlocks.ofPeers',
  });
}

import type { ManyCallers } from '../../model/access/callers-facts';
import { requireDomain, requireNamespaceName } from '../../support/object-names';
import { made, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { DATA_PLANE, type DataPlane } from '../mesh/data-plane';
import type { ICaller } from './caller';
import { IP_BLOCKS, type IpBlocks } from './ip-blocks';

/** What else is known of all workloads of a namespace. */
export interface NamespaceCallersOptions {
  /**
   * How its pods are in the mesh.
   * @default - as this program declares the namespace; of one that it does not declare unknown, and the network policy then opens both the pod's own port and HBONE
   */
  readonly dataPlane?: DataPlane;
}

/**
 * Many callers at once, whatever they are called. Each grant to them has a `reason`, and access.md lists it as an opening. It opens this end alone: a caller in a closed namespace
 * needs its own way out as well, by its `calls` (MESH234).
 *
 * Expands into a pattern of `principals`, or into `ipBlocks`, of an AuthorizationPolicy rule, and into a NetworkPolicy peer: a namespace, or an `ipBlock`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 * @example
 * import { Callers } from 'istio-constructs';
 *
 * product.access.allow(Callers.ofNamespace('billing'), { reason: 'every report of billing reads prices' });
 * product.access.deny(Callers.ofNamespace('sandbox'));
 */
export class Callers implements ICaller {
  /**
   * Every workload of a namespace of this mesh, under whatever account. Who may create pods there may call. A namespace of the same name in another trust domain is not
   * meant.
   * @param namespaceName The namespace
   * @param options What else is known of its workloads
   */
  public static ofNamespace(namespaceName: string, options: NamespaceCallersOptions = {}): Callers {
    requireArguments('Callers', { namespaceName }, { namespaceName: TEXT });
    requireOptions('Callers', options, NAMESPACE_CALLERS_OPTIONS);
    return new Callers({ in: 'namespace', name: requireNamespaceName('Callers', namespaceName), mode: options.dataPlane?._facts.mode });
  }

  /**
   * Every identity of a trust domain: of this mesh, or of one whose certificates it takes (`trustDomainAliases` and roots of the mesh configuration). It is named as certificates have it; aliases
   * are not added.
   * @param trustDomain The trust domain
   */
  public static ofTrustDomain(trustDomain: string): Callers {
    requireArguments('Callers', { trustDomain }, { trustDomain: TEXT });
    return new Callers({ in: 'trustDomain', name: requireDomain('Callers', 'trust domain', trustDomain) });
  }

  /**
   * Whoever connects from some addresses, with an identity or without; a port under STRICT still wants one. The sidecar and ztunnel see the address. A waypoint does not,
   * and shows the pods its own address (MESH248).
   * @param blocks The addresses, of peers
   */
  public static at(blocks: IpBlocks): Callers {
    requireArguments('Callers', { blocks }, { blocks: IP_BLOCKS });
    return new Callers({ in: 'addresses', blocks: blocks._peers('Callers') });
  }

  /** Their namespace; `*` for any. */
  public readonly namespaceName: string;
  /** `*`, for any account. */
  public readonly serviceAccountName: string = '*';
  /** @internal */
  public readonly _facts: ManyCallers;

  private constructor(facts: ManyCallers) {
    this._facts = Object.freeze(facts);
    this.namespaceName = facts.in === 'namespace' ? facts.name : '*';
  }
}

const NAMESPACE_CALLERS_OPTIONS = struct<NamespaceCallersOptions>({ dataPlane: optional(DATA_PLANE) });

export const CALLERS = made(Callers, 'Callers', "Callers.ofNamespace('billing')");

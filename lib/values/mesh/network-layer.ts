import { oneOf } from '../../support/options/kind';

/**
 * Whether Kubernetes refuses packets of a closed namespace too, beside the proxies of the mesh.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export enum NetworkLayer {
  /** A NetworkPolicy for every grant, and `default-deny` for all the rest. */
  CLOSED = 'CLOSED',
  /**
   * No NetworkPolicies: policies of the mesh alone decide, which see nothing of what goes past its proxies. For clusters whose network enforces none, or where
   * somebody else writes them. A finding reports it.
   */
  NONE = 'NONE',
}

export const NETWORK_LAYER = oneOf('NetworkLayer', NetworkLayer);

/** The word that the graph keeps; none where nothing is left out. */
export function networkLayerOf(layer?: NetworkLayer): 'none' | undefined {
  return layer === NetworkLayer.NONE ? 'none' : undefined;
}

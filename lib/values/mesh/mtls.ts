import { oneOf } from '../../support/options/kind';

/**
 * Whether pods take plaintext beside mutual TLS.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode
 */
export enum MTls {
  /** Mutual TLS only. */
  STRICT = 'STRICT',
  /** Both: for the time of a migration. A finding reports it. */
  PERMISSIVE = 'PERMISSIVE',
  /** Plaintext only. A finding reports it, and in ambient mode, where it has no effect, it is an error. */
  DISABLE = 'DISABLE',
}

export const MTLS = oneOf('MTls', MTls);

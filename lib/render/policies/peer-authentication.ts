import * as security from '../../../imports/security.istio.io';
import type { MtlsMode } from '../../model/namespace-facts';

/** Whether all pods of a namespace, or of the mesh, take plaintext. */
export function renderPeerAuthentication(mode: MtlsMode): security.PeerAuthenticationSpec {
  return { mtls: { mode: security.PeerAuthenticationSpecMtlsMode[mode] } };
}

import * as security from '../../../imports/security.istio.io';
import type { MtlsMode, NamespaceState } from '../../model/namespace-facts';
import type { Port } from '../../model/port';
import { planeOf } from '../../planes/plane-of';

/** Whether all pods of a namespace, or of the mesh, take plaintext; unset, as the level above says. */
export function renderPeerAuthentication(mode: MtlsMode | 'UNSET'): security.PeerAuthenticationSpec {
  return { mtls: { mode: security.PeerAuthenticationSpecMtlsMode[mode] } };
}

/** Some ports of some pods take plaintext; the others what their namespace says. */
export function renderPlaintextPorts(
  podLabels: Readonly<Record<string, string>>,
  ports: readonly Port[],
  namespace: NamespaceState,
): security.PeerAuthenticationSpec {
  const { plaintextMode } = planeOf(namespace);
  const modes = ports.map((port) => [
    String(port.targetPort),
    { mode: security.PeerAuthenticationSpecPortLevelMtlsMode[plaintextMode(port)] },
  ]);
  return { selector: { matchLabels: { ...podLabels } }, portLevelMtls: Object.fromEntries(modes) };
}

import * as security from '../../../imports/security.istio.io';
import type { MtlsMode, NamespaceState } from '../../model/namespace-facts';
import type { Port } from '../../model/port';
import { planeOf } from '../../planes/plane-of';

/** Whether all pods of a namespace, or of the mesh, take plaintext; unset, as the level above says. */
export function renderPeerAuthentication(mode: MtlsMode | 'UNSET'): security.PeerAuthenticationSpec {
  return { mtls: { mode: security.PeerAuthenticationSpecMtlsMode[mode] } };
}

/** What some pods say otherwise than their namespace: all their ports, or some. */
export function renderWorkloadMtls(
  podLabels: Readonly<Record<string, string>>,
  whole: MtlsMode | undefined,
  ports: readonly Port[],
  namespace: NamespaceState,
): security.PeerAuthenticationSpec {
  const { plaintextMode } = planeOf(namespace);
  const modes = ports.map((port) => [
    String(port.targetPort),
    { mode: security.PeerAuthenticationSpecPortLevelMtlsMode[port.mtls?.mode ?? plaintextMode(port)] },
  ]);
  return {
    selector: { matchLabels: { ...podLabels } },
    ...(whole && renderPeerAuthentication(whole)),
    ...(modes.length > 0 && { portLevelMtls: Object.fromEntries(modes) }),
  };
}

import type { Call } from '../model/call';
import type { Hop } from '../model/hop';
import { peerOf } from './peers';

/**
 * A connection without mutual TLS. No waypoint takes it and nobody's proxy sends it, so that it comes to the pod's own port from any address,
 * and whoever takes it there, the sidecar or ztunnel, can ask for the port alone.
 */
export function plaintextHop({ callee, ports }: Call): Hop {
  const podPorts = ports.map(({ targetPort }) => targetPort);
  return {
    from: { anywhere: true },
    to: peerOf(callee),
    networkPorts: podPorts,
    enforcement: {
      attachment: { selector: callee.podLabels ?? {} },
      namespaceName: callee.namespaceName,
      anybody: true,
      ports: podPorts,
      readsHttp: false,
    },
  };
}

import { INJECT, INJECTION, REVISION } from '../../istio/labels';
import type { Call } from '../../model/call';
import type { Hop } from '../../model/hop';
import { peerOf } from '../peers';
import type { Plane } from '../plane';
import { HBONE } from '../../istio/ports';
import { transportOf } from '../transport';

/** A proxy in each pod: one hop, enforced by the callee's own. */
export const SIDECAR: Plane = {
  hops(call: Call): readonly Hop[] {
    const { caller, callee } = call;
    const transport = transportOf(caller);
    const podPorts = call.ports.map((port) => port.targetPort);
    return [
      {
        from: peerOf(caller),
        to: peerOf(callee),
        networkPorts: [...(transport.dialsPodPort ? podPorts : []), ...(transport.dialsHbone ? [HBONE] : [])],
        enforcement: {
          attachment: { selector: callee.podLabels ?? {} },
          namespaceName: callee.namespaceName,
          principal: caller.principal,
          ports: podPorts,
          readsHttp: call.ports.every((port) => port.readsHttp),
          http: call.http,
        },
      },
    ];
  },
  namespaceLabels: (revision): Readonly<Record<string, string>> => (revision ? { [REVISION]: revision } : { [INJECTION]: 'enabled' }),
  podLabels: (revision) => ({ [INJECT]: 'true', ...(revision ? { [REVISION]: revision } : {}) }),
  preferredRouter: 'istio',
  routesAtWaypoint: false,
  scopesProxies: true,
  podsHoldProxies: true,
  patchesProxies: true,
  probeSources: [],
};

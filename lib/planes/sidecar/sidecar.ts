import { INJECT, INJECTION, REVISION } from '../../istio/labels';
import type { Call } from '../../model/call';
import type { Enforcement, Hop } from '../../model/hop';
import { callerSeen, peerOf } from '../peers';
import type { Plane } from '../plane';
import { HBONE } from '../../istio/ports';
import { partsSeen } from '../shaping/seen-paths';
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
          ...callerSeen(call),
          ports: podPorts,
          readsHttp: call.ports.every((port) => port.readsHttp),
          user: call.user,
          provider: call.provider,
          asksBeside: call.asksBeside,
          ...seenOf(call),
        },
      },
    ];
  },
  namespaceLabels: (revision): Readonly<Record<string, string>> => (revision ? { [REVISION]: revision } : { [INJECTION]: 'enabled' }),
  podLabels: (revision) => ({ [INJECT]: 'true', ...(revision ? { [REVISION]: revision } : {}) }),
  preferredRouter: 'istio',
  hasWaypoints: false,
  sendsToWaypoints: false,
  routesAtWaypoint: false,
  scopesProxies: true,
  podsHoldProxies: true,
  renewsSidecars: false,
  namesHaveAddresses: false,
  patchesProxies: true,
  comparesIdentities: false,
  requestReporters: ['source'],
  // To tell whether it is TLS, a proxy waits for what the client says first, and here the server does.
  plaintextMode: ({ appProtocol }) => (appProtocol === 'mysql' ? 'DISABLE' : 'PERMISSIVE'),
  probeSources: [],
};

// The caller's proxy routes before the callee's own looks at the path. Who follows no route sends paths as the caller writes them, and a refusal holds for both.
function seenOf({ caller, callee, http, toPods, action }: Call): Pick<Enforcement, 'http' | 'unclearPaths'> {
  const { follows } = transportOf(caller);
  if (!http || !callee.pathRules || toPods || follows === 'never') return { http };
  const { parts, unclear } = partsSeen(http, callee.pathRules, follows === 'perhaps' || action !== 'ALLOW');
  return { http: parts, unclearPaths: unclear.length > 0 ? unclear : undefined };
}

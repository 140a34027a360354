import { NETWORKING } from '../../istio/api-groups';
import type { Call } from '../../model/call';
import type { Hop } from '../../model/hop';
import { peerOf, waypointPeer, WORLD } from '../peers';
import { HBONE } from '../../istio/ports';
import { transportOf } from '../transport';

/** A host outside the cluster: straight out, or through the waypoint of the ServiceEntry's namespace, which can refuse. */
export function externalHops(call: Call): readonly Hop[] {
  const { waypoint } = call.callee;
  const ports = call.ports.map((port) => port.number);
  if (!waypoint || !transportOf(call.caller).passesWaypoints) return [{ from: peerOf(call.caller), to: WORLD, networkPorts: ports }];
  return [
    {
      from: peerOf(call.caller),
      to: waypointPeer(waypoint),
      networkPorts: [HBONE],
      enforcement: {
        attachment: { targetRefs: [{ group: NETWORKING, kind: 'ServiceEntry', name: call.callee.name }] },
        namespaceName: call.callee.namespaceName,
        principal: call.caller.principal,
        ports,
        readsHttp: false,
        http: call.http,
        user: call.user,
      },
    },
    { from: waypointPeer(waypoint), to: WORLD, networkPorts: ports },
  ];
}

/** Pods without a proxy: nobody but the network layer stands between. */
export function unmeshedHops(call: Call): readonly Hop[] {
  return [{ from: peerOf(call.caller), to: peerOf(call.callee), networkPorts: call.ports.map((port) => port.targetPort) }];
}

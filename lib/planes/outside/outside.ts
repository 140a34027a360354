import { NETWORKING } from '../../istio/api-groups';
import type { Call } from '../../model/call';
import type { Hop } from '../../model/hop';
import type { Port } from '../../model/port';
import { isUdp } from './external-protocols';
import { peerOf, waypointPeer, WORLD } from '../peers';
import { HBONE } from '../../istio/ports';
import { transportOf } from '../transport';

/** A host outside the cluster: straight out, or through the waypoint of the ServiceEntry's namespace, which can refuse. Packets of UDP pass no proxy. */
export function externalHops(call: Call): readonly Hop[] {
  const [packets, streams] = [call.ports.filter(isUdp), call.ports.filter((port) => !isUdp(port))];
  const out = { from: peerOf(call.caller), to: outsideOf(call) };
  return [
    ...(streams.length > 0 ? streamHops(call, streams) : []),
    ...(packets.length > 0 ? [{ ...out, networkPorts: [], udpPorts: packets.map((port) => port.number) }] : []),
  ];
}

function streamHops(call: Call, ports: readonly Port[]): readonly Hop[] {
  const { waypoint } = call.callee;
  const networkPorts = ports.map((port) => port.targetPort);
  if (!waypoint || !transportOf(call.caller).passesWaypoints) return [{ from: peerOf(call.caller), to: outsideOf(call), networkPorts }];
  return [
    {
      from: peerOf(call.caller),
      to: waypointPeer(waypoint),
      networkPorts: [HBONE],
      enforcement: {
        attachment: { targetRefs: [{ group: NETWORKING, kind: 'ServiceEntry', name: call.callee.name }] },
        namespaceName: call.callee.namespaceName,
        principal: call.caller.principal,
        ports: ports.map((port) => port.number),
        readsHttp: ports.every((port) => port.readsHttp),
        http: call.http,
      },
    },
    { from: waypointPeer(waypoint), to: outsideOf(call), networkPorts },
  ];
}

function outsideOf({ callee }: Call): Hop['to'] {
  return callee.addresses ? { ...WORLD, blocks: callee.addresses } : WORLD;
}

/** Pods without a proxy: nobody but the network layer stands between. */
export function unmeshedHops(call: Call): readonly Hop[] {
  return [{ from: peerOf(call.caller), to: peerOf(call.callee), networkPorts: call.ports.map((port) => port.targetPort) }];
}

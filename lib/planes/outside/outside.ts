import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { HBONE } from '../../istio/ports';
import type { Call } from '../../model/call';
import type { Attachment, Hop, Peer } from '../../model/hop';
import type { Port } from '../../model/port';
import { callerSeen, peerOf, waypointPeer, WORLD } from '../peers';
import { transportOf } from '../transport';
import { isUdp } from './external-protocols';

/** A proxy between a caller and the world, which can refuse. */
interface Border {
  readonly peer: Peer;
  /** Who takes a share of the connections in its place, and checks the same. */
  readonly beside?: Peer;
  readonly attachment: Attachment;
  /** Where the caller's packets go. */
  readonly networkPorts: readonly number[];
  readonly sni?: string;
}

/**
 * A host outside the cluster: straight out, or through the waypoint of the ServiceEntry's namespace, or through an egress gateway. Packets of UDP pass no
 * proxy.
 */
export function externalHops(call: Call): readonly Hop[] {
  const [packets, streams] = [call.ports.filter(isUdp), call.ports.filter((port) => !isUdp(port))];
  const out = { from: peerOf(call.caller), to: outsideOf(call) };
  return [
    ...(streams.length > 0 ? streamHops(call, streams) : []),
    ...(packets.length > 0 ? [{ ...out, networkPorts: [], udpPorts: packets.map((port) => port.number) }] : []),
  ];
}

function streamHops(call: Call, ports: readonly Port[]): readonly Hop[] {
  const networkPorts = ports.map((port) => port.targetPort);
  const borders = bordersOf(call, ports);
  if (borders.length === 0) return [{ from: peerOf(call.caller), to: outsideOf(call), networkPorts }];
  return borders.flatMap((border) => hopsThrough(call, ports, border));
}

function hopsThrough(call: Call, ports: readonly Port[], border: Border): Hop[] {
  const { peer, attachment, sni } = border;
  const networkPorts = ports.map((port) => port.targetPort);
  return [
    {
      from: peerOf(call.caller),
      to: peer,
      networkPorts: border.networkPorts,
      enforcement: {
        attachment,
        namespaceName: call.callee.namespaceName,
        ...callerSeen(call),
        ports: ports.map((port) => port.number),
        readsHttp: ports.every((port) => port.readsHttp),
        http: call.http,
        ...(sni === undefined ? {} : { sni }),
        user: call.user,
      },
    },
    { from: peer, to: outsideOf(call), networkPorts },
    ...hopsBeside(call, border, networkPorts),
  ];
}

function hopsBeside(call: Call, { beside, networkPorts }: Border, portsOutside: readonly number[]): Hop[] {
  if (!beside) return [];
  return [
    { from: peerOf(call.caller), to: beside, networkPorts },
    { from: beside, to: outsideOf(call), networkPorts: portsOutside },
  ];
}

/** While the namespace of a gateway moves it is there in both forms, and who may be of either plane may take both ways. */
function bordersOf({ caller, callee: { waypoint, through, name, host, namespace } }: Call, ports: readonly Port[]): Border[] {
  const { passesWaypoints, follows } = transportOf(caller);
  const borders: Border[] = [];
  if (waypoint && passesWaypoints) {
    const attachment = { targetRefs: [{ group: NETWORKING, kind: 'ServiceEntry', name }] };
    const beside = waypoint.canary && waypointPeer(waypoint.canary);
    borders.push({ peer: waypointPeer(waypoint), beside, attachment, networkPorts: [HBONE] });
    if (!namespace.migration) return borders;
  }
  // ztunnel follows no route to a gateway, and a sidecar none to a waypoint.
  const isThere = through && (namespace.migration ?? namespace.mode !== 'ambient');
  if (!isThere || follows === 'never') return borders;
  const attachment = { targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name: through.name }] };
  const peer = { key: through.key, namespaceName: through.namespaceName, podLabels: through.podLabels };
  return [...borders, { peer, attachment, networkPorts: ports.map((port) => port.number), sni: host }];
}

function outsideOf({ callee }: Call): Peer {
  return callee.addresses ? { ...WORLD, blocks: callee.addresses } : WORLD;
}

/** Pods without a proxy: nobody but the network layer stands between. */
export function unmeshedHops(call: Call): readonly Hop[] {
  return [{ from: peerOf(call.caller), to: peerOf(call.callee), networkPorts: call.ports.map((port) => port.targetPort) }];
}

import { PROBE_SOURCES } from '../../istio/defaults';
import { DATAPLANE_MODE } from '../../istio/labels';
import { isByAddress } from '../../model/access/many-callers';
import { type Call, isForEnvoy } from '../../model/call';
import type { Hop } from '../../model/hop';
import { type WaypointFacts, waypointsAt } from '../../model/namespace-facts';
import { besidesWaypoint } from '../besides-waypoint';
import { callerSeen, peerOf, waypointPeer } from '../peers';
import type { Plane } from '../plane';
import { HBONE } from '../../istio/ports';
import { serviceRefs } from '../service-refs';
import { transportOf } from '../transport';

/** A ztunnel on each node and, where HTTP is read, a waypoint before the callee. */
export const AMBIENT: Plane = {
  hops(call: Call): readonly Hop[] {
    const { waypoint } = call.callee;
    if (!waypoint) return [straightToPods(call)];
    return call.action !== 'ALLOW' ? deniedHops(call, waypoint) : allowedHops(call, waypoint);
  },
  namespaceLabels: () => ({ [DATAPLANE_MODE]: 'ambient' }),
  // The revision of an ambient namespace is that of its waypoint and gateways, which are pods of istiod's.
  podLabels: () => ({ [DATAPLANE_MODE]: 'ambient' }),
  preferredRouter: 'gateway-api',
  hasWaypoints: true,
  sendsToWaypoints: true,
  routesAtWaypoint: true,
  scopesProxies: false,
  podsHoldProxies: false,
  renewsSidecars: false,
  namesHaveAddresses: true,
  patchesProxies: false,
  comparesIdentities: true,
  requestReporters: ['waypoint'],
  // ztunnel takes mutual TLS wherever it is offered.
  plaintextMode: () => 'PERMISSIVE',
  probeSources: PROBE_SOURCES,
};

// A caller that may go either way is let in both ways, unless only the waypoint can check what is meant.
function allowedHops(call: Call, waypoint: WaypointFacts): Hop[] {
  if (call.toPods) return [straightToPods(call)];
  const { passesBy, ...transport } = transportOf(call.caller);
  const passesWaypoints = transport.passesWaypoints && !isByAddress(call);
  const isMeantToPods = !call.http || call.httpIsOptional;
  const direct = !passesWaypoints || ((passesBy || call.callee.isDialled) && isMeantToPods);
  return [
    ...(passesWaypoints ? [...toWaypoints(call, waypoint), ...waypointsAt(waypoint).map((one) => fromWaypoint(call, one))] : []),
    ...(direct ? [straightToPods(call)] : []),
  ];
}

// Whoever comes through the waypoint shows at the pods under the waypoint's identity; refused there is who dials them.
function deniedHops(call: Call, waypoint: WaypointFacts): Hop[] {
  const { passesWaypoints } = transportOf(call.caller);
  const direct = !passesWaypoints || !(call.http || isForEnvoy(call));
  return [...(passesWaypoints ? toWaypoints(call, waypoint) : []), ...(direct ? [straightToPods(call)] : [])];
}

function straightToPods(call: Call): Hop {
  return {
    from: peerOf(call.caller),
    to: peerOf(call.callee),
    networkPorts: [HBONE],
    enforcement: {
      attachment: { selector: call.callee.podLabels ?? {} },
      namespaceName: call.callee.namespaceName,
      ...callerSeen(call),
      ...besidesWaypoint(call),
      ports: call.ports.map((port) => port.targetPort),
      readsHttp: false,
      http: call.httpIsOptional ? undefined : (call.http ?? (isForEnvoy(call) ? [{ methods: [], paths: [] }] : undefined)),
    },
  };
}

// What both have to check is attached to the Service, once for all who stand before it.
function toWaypoints(call: Call, waypoint: WaypointFacts): Hop[] {
  const checked = toWaypoint(call, waypoint);
  const { from, networkPorts } = checked;
  return waypointsAt(waypoint).map((one) => (one === waypoint ? checked : { from, to: waypointPeer(one), networkPorts }));
}

function toWaypoint(call: Call, waypoint: WaypointFacts): Hop {
  return {
    from: peerOf(call.caller),
    to: waypointPeer(waypoint),
    networkPorts: [HBONE],
    enforcement: {
      attachment: { targetRefs: serviceRefs(call.callee) },
      namespaceName: call.callee.namespaceName,
      ...callerSeen(call),
      ports: call.ports.map((port) => port.number),
      readsHttp: call.ports.every((port) => port.readsHttp),
      http: call.http,
      user: call.user,
      provider: call.provider,
      asksBeside: call.asksBeside,
    },
  };
}

function fromWaypoint(call: Call, waypoint: WaypointFacts): Hop {
  return {
    from: waypointPeer(waypoint),
    to: peerOf(call.callee),
    networkPorts: [HBONE],
    enforcement: {
      attachment: { selector: call.callee.podLabels ?? {} },
      namespaceName: call.callee.namespaceName,
      principal: waypoint.principal,
      readsHttp: false,
    },
  };
}

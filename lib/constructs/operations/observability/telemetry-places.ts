import type { MeshGraph } from '../../../graph/mesh-graph';
import type { Settled } from '../../../graph/settled';
import { GATEWAY_API } from '../../../istio/api-groups';
import type { Attachment } from '../../../model/hop';
import { waypointsAt } from '../../../model/namespace-facts';
import type { TelemetryTarget } from '../../../model/observability/telemetry';
import { planeOf } from '../../../planes/plane-of';
import { serviceRefs } from '../../../planes/service-refs';

/** An object that says it to the proxies of one place. */
export interface TelemetryPlace {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** Absent for all proxies of the namespace, or of the mesh. */
  readonly attachment?: Attachment;
}

/** Which objects a target needs: proxies in pods are found by labels, those before them by what they stand for. */
export function telemetryPlaces(settled: Settled, graph: MeshGraph, { kind, key }: TelemetryTarget): TelemetryPlace[] {
  if (kind === 'mesh') return [{ id: 'Resource', name: 'mesh-default', namespace: settled.settings.rootNamespace }];
  if (kind === 'namespace') return [{ id: 'Resource', name: 'namespace-default', namespace: key }];
  if (kind === 'waypoint') return waypointPlace(settled, key);
  return kind === 'gateway' ? gatewayPlaces(settled, graph, key) : servicePlaces(settled, graph, key);
}

function waypointPlace(settled: Settled, namespaceName: string): TelemetryPlace[] {
  const waypoint = settled.namespaceNamed(namespaceName)?.waypoint;
  if (!waypoint) return [];
  const { name, namespaceName: namespace } = waypoint;
  const targetRefs = waypointsAt(waypoint).map((one) => gatewayRef(one.name));
  return [{ id: 'Resource', name, namespace, attachment: { targetRefs } }];
}

function gatewayPlaces(settled: Settled, graph: MeshGraph, key: string): TelemetryPlace[] {
  const { kind, name, namespaceName: namespace, isIstioGateway, podLabels = {} } = graph.parties.get(key)!;
  if (isIstioGateway) return [{ id: 'Resource', name, namespace, attachment: { selector: podLabels } }];
  const proxies = kind === 'egress' ? waysOut(settled, graph, key) : [name];
  return proxies.length === 0 ? [] : [{ id: 'Resource', name, namespace, attachment: { targetRefs: proxies.map(gatewayRef) } }];
}

// While it moves it is both, and nothing while nobody leaves through it.
function waysOut(settled: Settled, graph: MeshGraph, key: string): string[] {
  const { name, namespaceName } = graph.parties.get(key)!;
  const isUsed = graph.partiesIn(namespaceName).some(({ through }) => through?.key === key);
  const waypoint = settled.namespaceNamed(namespaceName)?.waypoint;
  return [...(isUsed ? [name] : []), ...(waypoint?.namespaceName === namespaceName ? waypointsAt(waypoint).map((one) => one.name) : [])];
}

// At a waypoint it is another object: as one, server-side apply would leave `selector` beside `targetRefs`, which the API server refuses.
function servicePlaces(settled: Settled, graph: MeshGraph, key: string): TelemetryPlace[] {
  const party = settled.party(graph.parties.get(key)!);
  const { name, namespaceName: namespace, podLabels = {} } = party;
  const { podsHoldProxies, hasWaypoints } = planeOf(party.namespace);
  const targetRefs = hasWaypoints && party.namespace.waypoint ? serviceRefs(party) : [];
  return [
    ...(podsHoldProxies ? [{ id: 'Resource', name, namespace, attachment: { selector: podLabels } }] : []),
    ...(targetRefs.length > 0 ? [{ id: 'Waypoint', name: `${name}-waypoint`, namespace, attachment: { targetRefs } }] : []),
  ];
}

const gatewayRef = (name: string) => ({ group: GATEWAY_API, kind: 'Gateway', name });

import { type Cluster, readCluster } from '../../cluster/cluster';
import { servicesOfWork, type WaypointWork, waypointWork } from '../../cluster/policies/waypoint-work';
import { serviceNameOf } from '../../cluster/services/hosts';
import { type MeshService, tryService } from '../../cluster/services/services';
import { saysWaypoint } from '../../cluster/services/waypoints';
import { tryGateway } from '../../cluster/workloads/gateways';
import { labelsOfNamespace } from '../../cluster/workloads/namespaces';
import type { MeshGraph } from '../../graph/mesh-graph';
import { NETWORKING } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import type { NeedBeside } from '../../model/beside/beside';
import type { NamespaceFacts } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { planeOf } from '../../planes/plane-of';

const KINDS = new Set(
  (
    'AuthorizationPolicy RequestAuthentication TrafficExtension WasmPlugin Telemetry HTTPRoute GRPCRoute TCPRoute TLSRoute ' +
    'VirtualService DestinationRule Service ServiceEntry Namespace Gateway'
  ).split(' '),
);

/** Objects beside ours that only a waypoint obeys, where the namespace of a service may have one. */
export function needsBeside(graph: MeshGraph, beside: readonly ManifestObject[]): NeedBeside[] {
  const ambient = [...graph.namespaces.values()].filter((facts) => planeOf(facts).hasWaypoints);
  const objects = ambient.length > 0 ? beside.filter(({ kind }) => KINDS.has(kind)) : [];
  if (objects.length === 0) return [];
  const standIns = [...graph.parties.values()].flatMap(standIn);
  const cluster = readCluster([...objects, ...standIns], graph.settings);
  return waypointWork(cluster)
    .filter((work) => ambient.some(({ name }) => name === work.namespaceName) && needsWaypoint(cluster, graph, work))
    .map((work) => ({
      namespaceName: work.namespaceName,
      what: `${work.title}, which only a waypoint obeys`,
      path: work.object.path,
      about: servicesOfWork(cluster, work).map(({ name }) => name),
    }));
}

/** Our own Services by what is known of them: rendered they would ask what is just being found out. */
function standIn({ kind, name, namespaceName, path, host }: PartyFacts): ManifestObject[] {
  const common = { name, namespaceName, path, made: true };
  if (kind === 'service') return [{ ...common, apiVersion: 'v1', kind: 'Service', manifest: {} }];
  const manifest = { spec: { hosts: [host], resolution: 'DNS' } };
  return kind === 'external' ? [{ ...common, apiVersion: `${NETWORKING}/v1`, kind: 'ServiceEntry', manifest }] : [];
}

function needsWaypoint(cluster: Cluster, graph: MeshGraph, work: WaypointWork): boolean {
  const facts = graph.namespaces.get(work.namespaceName);
  if (!facts) return false;
  const isOwnWaypoint = work.gateways.some(
    (name) => name === facts.possibleWaypoint?.name && !tryGateway(cluster, `${facts.name}/${name}`),
  );
  const lacksWaypoint = (service: MeshService): boolean => service.hasAddress && !saysWaypoint(cluster, service);
  return isOwnWaypoint || servicesOfWork(cluster, work).some(lacksWaypoint) || isForServicesElsewhere(cluster, facts, work);
}

// What somebody else makes in a namespace has no manifest here; the program says which waypoint there is.
function isForServicesElsewhere(cluster: Cluster, { name, owned, enrolled }: NamespaceFacts, work: WaypointWork): boolean {
  if (owned || !enrolled || USE_WAYPOINT in labelsOfNamespace(cluster, name)) return false;
  const named = [...work.services, ...work.hosts.flatMap((host) => nameIn(cluster, name, host))];
  return named.some((one) => !tryService(cluster, one.kind, `${name}/${one.name}`));
}

function nameIn(cluster: Cluster, namespaceName: string, host: string): WaypointWork['services'] {
  const name = serviceNameOf(cluster, host);
  return name?.namespaceName === namespaceName ? [{ kind: 'Service', name: name.name }] : [];
}

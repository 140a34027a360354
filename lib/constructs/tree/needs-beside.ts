import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { manifestObject } from '../../assembly/manifest-objects';
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
import type { NamespaceFacts, NeedBeside } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { isMade } from '../../support/marker';
import { namespaceNameOf } from './lives-in';

const KINDS = new Set(
  (
    'AuthorizationPolicy RequestAuthentication TrafficExtension WasmPlugin Telemetry HTTPRoute GRPCRoute TCPRoute TLSRoute ' +
    'VirtualService DestinationRule Service ServiceEntry Namespace Gateway'
  ).split(' '),
);

/** Objects beside ours that only a waypoint obeys, where the namespace of a service may have one. */
export function needsBeside(root: IConstruct, graph: MeshGraph): NeedBeside[] {
  const standIns = [...graph.parties.values()].flatMap(standIn);
  const cluster = readCluster([...objectsBeside(root), ...standIns], graph.settings);
  return waypointWork(cluster)
    .filter((work) => needsWaypoint(cluster, graph, work))
    .map(({ title, namespaceName, object }) => ({ namespaceName, what: `${title}, which only a waypoint obeys`, path: object.path }));
}

function objectsBeside(root: IConstruct): ManifestObject[] {
  return root.node
    .findAll()
    .filter((node): node is ApiObject => ApiObject.isApiObject(node) && !isMade(node))
    .filter(({ kind }) => KINDS.has(kind) || kind.endsWith('List'))
    .flatMap((object) => manifestObject(object, namespaceNameOf(object)));
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

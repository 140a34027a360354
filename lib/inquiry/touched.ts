import type { Cluster } from '../cluster/cluster';
import { annotationsOfObject, groupOf, namespaceOf } from '../cluster/objects/manifest-object';
import { virtualServices } from '../cluster/routes/virtual-services';
import { destinationRules } from '../cluster/routes/destination-rules';
import { podsBehind } from '../cluster/services/endpoints';
import { serviceNameOf } from '../cluster/services/hosts';
import { portOf, tryService } from '../cluster/services/services';
import { tryGateway } from '../cluster/workloads/gateways';
import { labelsOfNamespace } from '../cluster/workloads/namespaces';
import { workloadsWith } from '../cluster/workloads/workloads';
import { CORE, GATEWAY_API, KUBERNETES_NETWORKING, NETWORKING, SECURITY } from '../istio/api-groups';
import { DRY_RUN, USE_WAYPOINT, USE_WAYPOINT_CANARY, USE_WAYPOINT_CANARY_NAMESPACE, USE_WAYPOINT_NAMESPACE } from '../istio/labels';
import type { ManifestObject, MeshModel, NamespaceModel, ServiceModel } from '../model/mesh-model';
import type { WaypointFacts } from '../model/namespace-facts';

/** Kinds that decide about requests, or send them somewhere. */
const DECIDING = new Set([
  ...['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication'].map((kind) => `${SECURITY}/${kind}`),
  ...['Sidecar', 'EnvoyFilter', 'DestinationRule', 'VirtualService', 'ServiceEntry', 'Gateway'].map((kind) => `${NETWORKING}/${kind}`),
  ...['Gateway', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].map((kind) => `${GATEWAY_API}/${kind}`),
  `${KUBERNETES_NETWORKING}/NetworkPolicy`,
  `${CORE}/Service`,
  `${CORE}/Namespace`,
]);

/** What stands beside the constructs, or was changed after them. */
export function isForeign(object: ManifestObject): boolean {
  const isSwitchedOff = object.kind === 'AuthorizationPolicy' && annotationsOfObject(object)[DRY_RUN] !== undefined && !object.triedOut;
  return !object.made || object.patched === true || isSwitchedOff;
}

/**
 * Where verdicts may differ from what the program says. Elsewhere there is nothing but what the constructs wrote, and nobody needs to be asked:
 * questions cost more than all other rules together.
 */
export class Touched {
  private readonly byNamespace = new Map<string, ManifestObject[]>();
  private isEverywhere = false;

  constructor(
    model: MeshModel,
    private readonly cluster: Cluster,
  ) {
    for (const object of model.objects) {
      if ((object.patched || DECIDING.has(`${groupOf(object)}/${object.kind}`)) && isForeign(object)) this.addObject(object);
    }
    for (const { object, hosts } of virtualServices(cluster)) if (isForeign(object)) this.addHosts(hosts);
    for (const { object, host } of destinationRules(cluster)) if (isForeign(object)) this.addHosts([host]);
    for (const service of model.services) if (isChanged(cluster, service)) this.addTo(service.namespaceName);
    for (const namespace of model.namespaces) if (isRelabelled(cluster, namespace)) this.addTo(namespace.name);
  }

  has({ namespaceName }: { readonly namespaceName: string }): boolean {
    return this.isEverywhere || this.byNamespace.has(namespaceName);
  }

  /** What is not as a construct wrote it, of a namespace and of the whole mesh. */
  objectsFor({ namespaceName }: { readonly namespaceName: string }): readonly ManifestObject[] {
    return [...new Set([namespaceName, this.cluster.rootNamespace])].flatMap((name) => this.byNamespace.get(name) ?? []);
  }

  private addObject(object: ManifestObject): void {
    const place = object.kind === 'Namespace' ? object.name : namespaceOf(object);
    this.addTo(place, object);
    if (object.declaredIn !== undefined && object.declaredIn !== place) this.addTo(object.declaredIn, object);
    if (place === this.cluster.rootNamespace) this.isEverywhere = true;
  }

  /** A route of one namespace is followed by callers of every other. */
  private addHosts(hosts: readonly string[]): void {
    for (const host of hosts) {
      const name = serviceNameOf(this.cluster, host);
      if (name) this.addTo(name.namespaceName);
      else if (host.startsWith('*')) this.isEverywhere = true;
    }
  }

  private addTo(namespaceName: string, object?: ManifestObject): void {
    const known = this.byNamespace.get(namespaceName) ?? [];
    if (object) known.push(object);
    this.byNamespace.set(namespaceName, known);
  }
}

/** Its labels, or those of its waypoint, say something else than the program. */
function isRelabelled(cluster: Cluster, { name, owned, waypoint }: NamespaceModel): boolean {
  if (!owned) return false;
  const labels = labelsOfNamespace(cluster, name);
  const homeOf = (one: WaypointFacts | undefined): string | undefined => (one?.namespaceName === name ? undefined : one?.namespaceName);
  const home = homeOf(waypoint);
  if (labels[USE_WAYPOINT] !== waypoint?.name || labels[USE_WAYPOINT_NAMESPACE] !== home) return true;
  if (labels[USE_WAYPOINT_CANARY] !== waypoint?.canary?.name) return true;
  if (labels[USE_WAYPOINT_CANARY_NAMESPACE] !== homeOf(waypoint?.canary)) return true;
  if (!waypoint) return false;
  const gateway = tryGateway(cluster, `${waypoint.namespaceName}/${waypoint.name}`);
  // One that it shares may be made by another program.
  return (gateway !== undefined || home === undefined) && gateway?.waypointFor !== 'service';
}

/** Its pods or its Service are not what the program says: a library that makes them leaves many ways to change them. */
function isChanged(cluster: Cluster, service: ServiceModel): boolean {
  const { owned, name, namespaceName, podLabels = {}, principal, ports, ownWaypoint } = service;
  const pods = workloadsWith(cluster, namespaceName, podLabels);
  const areOurs = pods.length > 0 && pods.every((pod) => pod.object.made && pod.principal === principal && !pod.inbound);
  if (!owned || !areOurs) return true;
  const written = tryService(cluster, 'Service', `${namespaceName}/${name}`);
  if (!written || written.labels[USE_WAYPOINT] !== ownWaypoint?.name || podsBehind(cluster, written).length !== pods.length) return true;
  return !ports.every(({ number, targetPort, readsHttp }) => {
    const port = portOf(written, number);
    return port?.target === targetPort && port.isHttp === readsHttp;
  });
}

import { GATEWAY_API } from '../../istio/api-groups';
import { gatewayObjectName, INGRESS_CLASS, WAYPOINT_CLASS } from '../../istio/gateway-classes';
import { DATAPLANE_MODE, GATEWAY_ACCOUNT, GATEWAY_NAME, GATEWAY_OBJECT_NAME, PROXY_CONFIG, WAYPOINT_FOR } from '../../istio/labels';
import { addTo, groupedBy } from '../../support/grouping';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, isSaid, type Labels, labelsOf, listOf, numberOf, textOf, valueAt } from '../objects/fields';
import { annotationsOfObject, keyOf, labelsOfObject, namespaceOf, specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { type LabelSelector, selectorOf, selects } from '../objects/selectors';
import { principalOf } from './identities';
import { labelsOfNamespace } from './namespaces';
import { PROXIES } from './proxies';
import type { Pod } from './workloads';

/** The proxy that istiod deploys for a Kubernetes Gateway: an ingress gateway or a waypoint. */
export interface GatewayProxy extends Pod {
  readonly object: ManifestObject;
  readonly className: string;
  readonly serviceAccountName: string;
  /** Host of the Service that istiod makes for it. */
  readonly host: string;
  readonly listeners: readonly Listener[];
  /** How many proxies before it are believed to note whose requests they hand on. */
  readonly trustedProxies: number;
  /** What a waypoint is for: `service`, `workload`, `all` or `none`; undefined at the edge. */
  readonly waypointFor?: string;
}

export interface Listener {
  readonly name: string;
  readonly port?: number;
  readonly protocol: string;
  readonly hostname?: string;
  /** What it stands in, by which routes name it. */
  readonly parent: ListenerParent;
  /** TLS goes on as it came. */
  readonly passesTls: boolean;
  /** Clients show one of their own. */
  readonly wantsCertificate: boolean;
  /** The one that the mesh gives to its proxies. */
  readonly isForMesh: boolean;
  readonly admits: { readonly from: string; readonly selector: LabelSelector };
  /** The kinds of routes that it takes, where it says so. */
  readonly kinds: readonly string[];
}

export interface ListenerParent {
  readonly kind: 'Gateway' | 'ListenerSet';
  /** `namespace/name`. */
  readonly key: string;
  readonly namespaceName: string;
}

const WAYPOINT_CONTROLLER = 'istio.io/mesh-controller';

/** Who deploys the Gateways of a class. */
const CONTROLLERS: ReadonlyMap<string, string> = new Map([
  [INGRESS_CLASS, 'istio.io/gateway-controller'],
  [WAYPOINT_CLASS, WAYPOINT_CONTROLLER],
  ['istio-remote', 'istio.io/unmanaged-gateway'],
]);
// A class that no manifest describes is taken for one of Istio's.
const DEPLOYED: readonly (string | undefined)[] = ['istio.io/gateway-controller', WAYPOINT_CONTROLLER, undefined];

export const gatewaysOf = perCluster((cluster: Cluster): readonly GatewayProxy[] => {
  const controllers = controllersOf(cluster);
  const deployed = objectsOf(cluster, GATEWAY_API, 'Gateway').filter((object) => DEPLOYED.includes(controllers.get(classOf(object))));
  return deployed.map((object, index) => readGateway(cluster, object, controllers.get(classOf(object)) === WAYPOINT_CONTROLLER, index));
});

/** What Gateways of somebody else's classes are for is their own controllers' business; istiod takes an unmanaged one for such. */
export function isOfAnotherController(cluster: Cluster, key: string): boolean {
  const object = objectsOf(cluster, GATEWAY_API, 'Gateway').find((one) => keyOf(one) === key);
  const controller = object && controllersOf(cluster).get(classOf(object));
  return controller !== undefined && !DEPLOYED.includes(controller);
}

function controllersOf(cluster: Cluster): ReadonlyMap<string, string> {
  const said = objectsOf(cluster, GATEWAY_API, 'GatewayClass').map((object): [string, string] => [
    object.name,
    textOf(specOf(object).controllerName) ?? '',
  ]);
  return new Map([...CONTROLLERS, ...said]);
}

function classOf(object: ManifestObject): string {
  return textOf(specOf(object).gatewayClassName) ?? '';
}

function readGateway(cluster: Cluster, object: ManifestObject, isWaypoint: boolean, index: number): GatewayProxy {
  const namespaceName = namespaceOf(object);
  const annotations = annotationsOfObject(object);
  const objectName = isWaypoint ? object.name : gatewayObjectName(object.name, classOf(object));
  const serviceAccountName = annotations[GATEWAY_ACCOUNT] ?? objectName;
  return {
    object,
    key: keyOf(object),
    namespaceName,
    className: classOf(object),
    labels: podLabels(object),
    proxy: isWaypoint ? PROXIES.waypoint : PROXIES.gateway,
    serviceAccountName,
    principal: principalOf(cluster, namespaceName, serviceAccountName),
    host: `${annotations[GATEWAY_OBJECT_NAME] ?? objectName}.${namespaceName}.svc.${cluster.clusterDomain}`,
    address: `10.245.${index >> 8}.${index & 255}`,
    replicas: 1,
    namedPorts: {},
    listeners: readListeners(object, 'Gateway', frontendOf(object)),
    trustedProxies: trustedProxies(object),
    waypointFor: isWaypoint ? (labelsOfObject(object)[WAYPOINT_FOR] ?? 'service') : undefined,
  };
}

/** Those that its infrastructure asks for, else its own, and what istiod adds. */
function podLabels(object: ManifestObject): Labels {
  const asked = valueAt(specOf(object), 'infrastructure', 'labels');
  const own = asked === undefined ? labelsOfObject(object) : labelsOf(asked);
  return { [DATAPLANE_MODE]: 'none', ...own, [GATEWAY_NAME]: object.name, 'gateway.networking.k8s.io/gateway-class-name': classOf(object) };
}

/** Of its pods, whose agent tells istiod; as JSON or as YAML. */
function trustedProxies(object: ManifestObject): number {
  const asked = valueAt(specOf(object), 'infrastructure', 'annotations');
  const own = asked === undefined ? annotationsOfObject(object) : labelsOf(asked);
  const [, count] = /numTrustedProxies["']?\s*:\s*["']?(\d+)/.exec(own[PROXY_CONFIG] ?? '') ?? [];
  return Number(count ?? 0);
}

const MODE = 'gateway.istio.io/tls-terminate-mode';

function readListeners(object: ManifestObject, kind: ListenerParent['kind'], frontend: Fields): Listener[] {
  const parent = { kind, key: keyOf(object), namespaceName: namespaceOf(object) };
  return listOf(specOf(object).listeners).map((listener) => ({
    ...readListener(parent, listener),
    wantsCertificate: wantsCertificate(listener, frontend),
  }));
}

/** What a Gateway says of the clients of all its listeners. */
const frontendOf = (object: ManifestObject): Fields => fieldsOf(valueAt(specOf(object).tls, 'frontend'));

/** Where it ends TLS by a certificate of its own: because it says so, or because its Gateway names who signs those of clients. */
function wantsCertificate({ port, tls }: Fields, { perPort, default: others }: Fields): boolean {
  const mode = textOf(valueAt(tls, 'options', MODE));
  if (mode !== undefined && MODES.includes(mode)) return mode === 'MUTUAL';
  const ofPort = listOf(perPort).find((one) => one.port === port);
  const validation = valueAt(ofPort ? ofPort.tls : others, 'validation');
  const isAsked = listOf(valueAt(validation, 'caCertificateRefs')).length > 0 && valueAt(validation, 'mode') !== 'AllowInsecureFallback';
  return isSaid(tls) && textOf(valueAt(tls, 'mode')) !== 'Passthrough' && isAsked;
}

const MODES = ['MUTUAL', 'OPTIONAL_MUTUAL', 'ISTIO_SIMPLE', 'ISTIO_MUTUAL'];

type BareListener = Omit<Listener, 'wantsCertificate'>;

function readListener(parent: ListenerParent, { name, port, protocol, hostname, allowedRoutes, tls }: Fields): BareListener {
  return {
    name: textOf(name) ?? '',
    port: numberOf(port),
    protocol: textOf(protocol) ?? '',
    hostname: textOf(hostname),
    parent,
    passesTls: textOf(valueAt(tls, 'mode')) === 'Passthrough',
    isForMesh: textOf(valueAt(tls, 'options', MODE)) === 'ISTIO_MUTUAL',
    admits: {
      from: textOf(valueAt(allowedRoutes, 'namespaces', 'from')) ?? 'Same',
      selector: selectorOf(valueAt(allowedRoutes, 'namespaces', 'selector')),
    },
    kinds: listOf(valueAt(allowedRoutes, 'kinds')).flatMap(({ kind }) => textOf(kind) ?? []),
  };
}

const byKey = perCluster((cluster: Cluster) => new Map(gatewaysOf(cluster).map((gateway) => [gateway.key, gateway])));

/** The listeners of a Gateway: its own, and those of ListenerSets that it takes. */
export function listenersOf(cluster: Cluster, { key, listeners }: Pick<GatewayProxy, 'key' | 'listeners'>): readonly Listener[] {
  return [...listeners, ...(setsByGateway(cluster).get(key) ?? [])];
}

const setsByGateway = perCluster((cluster: Cluster): ReadonlyMap<string, readonly Listener[]> => {
  const index = new Map<string, Listener[]>();
  for (const object of objectsOf(cluster, GATEWAY_API, 'ListenerSet')) {
    const { parentRef } = specOf(object);
    const key = `${textOf(valueAt(parentRef, 'namespace')) ?? namespaceOf(object)}/${textOf(valueAt(parentRef, 'name'))}`;
    const gateway = tryGateway(cluster, key);
    const isTaken = gateway && takesSets(cluster, gateway, namespaceOf(object));
    for (const listener of isTaken ? readListeners(object, 'ListenerSet', frontendOf(gateway.object)) : []) addTo(index, key, listener);
  }
  return index;
});

/** Without a word it takes none. */
function takesSets(cluster: Cluster, { object, namespaceName }: GatewayProxy, from: string): boolean {
  const said = valueAt(specOf(object).allowedListeners, 'namespaces');
  const word = textOf(valueAt(said, 'from'));
  if (word === 'Selector') return selects(selectorOf(valueAt(said, 'selector')), labelsOfNamespace(cluster, from));
  return word === 'All' || (word === 'Same' && from === namespaceName);
}

const byNamespace = perCluster((cluster: Cluster) => groupedBy(gatewaysOf(cluster), ({ namespaceName }) => namespaceName));

/** The proxies of a namespace. */
export function gatewaysIn(cluster: Cluster, namespaceName: string): readonly GatewayProxy[] {
  return byNamespace(cluster).get(namespaceName) ?? [];
}

/** The proxy of the Gateway `namespace/name`. */
export function tryGateway(cluster: Cluster, key: string): GatewayProxy | undefined {
  return byKey(cluster).get(key);
}

/** Hosts of the Services that istiod makes for Gateways. */
export const gatewayHosts = perCluster((cluster: Cluster) => new Map(gatewaysOf(cluster).map((gateway) => [gateway.host, gateway])));

/** Whether a listener takes routes, or a waypoint takes services, from a namespace; by default only from its own. */
export function admits(gateway: GatewayProxy, listener: Listener | undefined, namespaceName: string, namespaceLabels: Labels): boolean {
  if (listener?.admits.from === 'All') return true;
  if (listener?.admits.from === 'Selector') return selects(listener.admits.selector, namespaceLabels);
  return (listener?.parent ?? gateway).namespaceName === namespaceName;
}

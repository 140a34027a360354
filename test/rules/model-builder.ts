import { parseAllDocuments } from 'yaml';
import { bareModel } from '../../lib/asking/bare-model';
import type { Hop } from '../../lib/model/hop';
import type { DataPlaneMode, HttpNeed, NamespaceState, WaypointFacts } from '../../lib/model/namespace-facts';
import type { HttpPart } from '../../lib/model/http-part';
import type {
  CallModel,
  ExposureModel,
  ManifestObject,
  MeshModel,
  NamespaceModel,
  RouteModel,
  ServiceModel,
} from '../../lib/model/mesh-model';
import type { Party } from '../../lib/model/party';
import type { Port } from '../../lib/model/port';
import type { Retries } from '../../lib/model/route-features';
import { RULES } from '../../lib/rules';
import { featuresIn } from '../../lib/planes/features';
import type { Discovery, Rule } from '../../lib/rules/rule';

/** A program that says nothing but what is given. */
export function emptyModel(parts: Partial<MeshModel> = {}): MeshModel {
  return { ...bareModel([]), ...parts };
}

/** What a rule finds, in the order in which it reports. */
export function findings(rule: Rule, parts: Partial<MeshModel>): Discovery[] {
  const found: Discovery[] = [];
  rule.check(emptyModel(parts), (discovery) => found.push(discovery), RULES);
  return found;
}

/** Objects that stand beside ours, from YAML; `path` of each is `raw/<kind>/<name>` in lower case. */
export function raw(yaml: string): ManifestObject[] {
  return parseAllDocuments(yaml).map((document) => fromManifest(document.toJS() as Manifest, false));
}

/** The same as constructs of the library make them; `path` is `made/<kind>/<name>` in lower case. */
export function made(yaml: string): ManifestObject[] {
  return parseAllDocuments(yaml).map((document) => fromManifest(document.toJS() as Manifest, true));
}

interface Manifest extends Record<string, unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function fromManifest(manifest: Manifest, isMade: boolean): ManifestObject {
  const { apiVersion, kind, metadata } = manifest;
  const path = `${isMade ? 'made' : 'raw'}/${kind}/${metadata.name}`.toLowerCase();
  return { path, apiVersion, kind, name: metadata.name, namespaceName: metadata.namespace, made: isMade, manifest };
}

export function waypointOf(namespaceName: string): WaypointFacts {
  return { name: 'waypoint', namespaceName, principal: `cluster.local/ns/${namespaceName}/sa/waypoint` };
}

export function namespaceState(name: string, mode: DataPlaneMode, parts: Partial<NamespaceState> = {}): NamespaceState {
  return { name, mode, zeroTrust: false, owned: true, enrolled: true, ...parts };
}

export function namespace(name: string, mode: DataPlaneMode, parts: Partial<NamespaceModel> = {}): NamespaceModel {
  return { ...namespaceState(name, mode), path: `shop/${name}`, waypointPolicy: 'when-needed', httpNeeds: [], ...parts };
}

export function need(path: string, what = 'requests by method or path'): HttpNeed {
  return { path, what };
}

export const HTTP: Port = { name: 'http', number: 8080, targetPort: 8080, appProtocol: 'http', readsHttp: true };
export const TCP: Port = { name: 'tcp', number: 5432, targetPort: 5432, appProtocol: 'tcp', readsHttp: false };

/** A service in namespace shop, in sidecar mode unless `namespace` says otherwise. */
export function service(name: string, parts: Partial<ServiceModel> = {}): ServiceModel {
  const at = parts.namespace ?? namespaceState('shop', 'sidecar');
  return {
    kind: 'service',
    key: `${at.name}/${name}`,
    path: `${at.name}/${name}`,
    name,
    namespaceName: at.name,
    namespace: at,
    waypoint: at.waypoint,
    owned: true,
    ports: [HTTP],
    host: `${name}.${at.name}.svc.cluster.local`,
    principal: `cluster.local/ns/${at.name}/sa/${name}`,
    serviceAccountName: name,
    podLabels: { app: name },
    versions: ['v1'],
    vainNeeds: [],
    ...parts,
  };
}

/** Anybody who is no service of the program. */
export function other(kind: Party['kind'], name: string, parts: Partial<Party> = {}): Party {
  const { versions: _versions, vainNeeds: _needs, ...party } = service(name);
  return { ...party, kind, key: `${kind}:${name}`, owned: false, waypoint: parts.namespace?.waypoint, ...parts };
}

export function identity(namespaceName: string, serviceAccountName: string): Party {
  const principal = `cluster.local/ns/${namespaceName}/sa/${serviceAccountName}`;
  const name = `${namespaceName}/${serviceAccountName}`;
  return other('identity', name, {
    namespaceName,
    serviceAccountName,
    principal,
    namespace: namespaceState(namespaceName, 'unknown', { owned: false }),
  });
}

export const ANYONE: Party = other('anyone', 'anyone', {
  key: 'anyone',
  namespaceName: '',
  serviceAccountName: undefined,
  principal: undefined,
});

export const GET_ITEMS: HttpPart = { methods: ['GET'], paths: ['/items/*'] };

/** A call that the callee's own proxy checks, unless `hops` say otherwise. */
export function call(caller: Party, callee: Party, parts: Partial<CallModel> = {}): CallModel {
  const ports = parts.ports ?? callee.ports;
  const plain: Hop = hop(caller, callee, {
    attachment: { selector: callee.podLabels ?? {} },
    namespaceName: callee.namespaceName,
    principal: caller.principal,
    ports: ports.map((port) => port.targetPort),
    readsHttp: callee.namespace.mode === 'sidecar' && ports.every((port) => port.readsHttp),
    http: parts.http,
  });
  return { path: caller.path, caller, callee, action: 'ALLOW', ports, hops: [plain], ...parts };
}

export function hop(caller: Party, callee: Party, enforcement?: Hop['enforcement']): Hop {
  return {
    from: caller.kind === 'anyone' ? {} : { key: caller.key, namespaceName: caller.namespaceName, podLabels: caller.podLabels },
    to: { key: callee.key, namespaceName: callee.namespaceName, podLabels: callee.podLabels },
    networkPorts: callee.ports.map((port) => port.targetPort),
    enforcement,
  };
}

export function route(of: ServiceModel, parts: Partial<RouteModel> = {}): RouteModel {
  return {
    path: of.path,
    service: of,
    versions: of.versions,
    rules: [],
    router: 'istio',
    features: featuresIn(parts).map(({ title }) => title),
    lacks: [],
    lostToController: [],
    reducedByController: [],
    atWaypoint: false,
    conflicts: [],
    faults: [],
    mirrors: [],
    unknownVersions: [],
    ...parts,
  };
}

export function retries(parts: Partial<Retries> = {}): Retries {
  return { attempts: 2, conditions: ['connect-failure'], idempotent: false, ...parts };
}

export function exposure(of: ServiceModel, parts: Partial<ExposureModel> = {}): ExposureModel {
  const gateway = other('gateway', 'gateway', { owned: true });
  return {
    path: of.path,
    gateway,
    listener: 'https',
    protocol: 'http',
    service: of,
    host: 'shop.example.com',
    pathPrefix: '/',
    port: 8080,
    routeName: `${of.name}-gateway`,
    otherPaths: [],
    lost: [],
    ...parts,
  };
}

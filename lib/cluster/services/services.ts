import { CORE, NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, isSaid, type Labels, labelsOf, listOf, numberOf, numberOrTextOf, textOf, textsOf, valueAt } from '../objects/fields';
import { annotationsOfObject, keyOf, labelsOfObject, namespaceOf, specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { hostOf } from './hosts';
import { isHttpProtocol, speechOf } from './protocols';

/** What callers name: a Service, or a host outside that a ServiceEntry makes known. */
export interface MeshService {
  readonly object: ManifestObject;
  readonly kind: 'Service' | 'ServiceEntry';
  /** `namespace/name`. */
  readonly key: string;
  readonly name: string;
  readonly namespaceName: string;
  readonly labels: Labels;
  /** As they are written: Istio looks hosts up by their letters, and those of a ServiceEntry may be capitals. */
  readonly hosts: readonly string[];
  readonly ports: readonly ServicePort[];
  /** Labels of the pods behind it; empty where its endpoints are written by somebody. */
  readonly selector: Labels;
  /** Another name for a host outside. */
  readonly externalName?: string;
  /** It says its addresses by itself, and says none: nothing is behind it. */
  readonly isHollow?: boolean;
  /** Whatever is behind it is taken to be outside the mesh: Envoys speak no mutual TLS to it by themselves. */
  readonly isExternal?: boolean;
  /** Without an address of its own nothing can stand in front of it: clients dial pods, or the real address. */
  readonly hasAddress: boolean;
  /** Namespaces whose sidecars are told about it; ztunnel and waypoints read every list as `*`. */
  readonly exportTo: readonly string[];
}

export interface ServicePort {
  readonly name?: string;
  readonly number: number;
  /** The port behind: a number, or the name of a container's port. */
  readonly target: number | string;
  readonly protocol: string;
  readonly appProtocol?: string;
  /** A port of a pod with the same name goes before the target. */
  readonly namesPods?: boolean;
  /** Read as HTTP where HTTP is sent. */
  readonly isHttp: boolean;
}

const EVERYWHERE: readonly string[] = ['*'];

/** Every Service and every ServiceEntry, by namespace and name. */
export const servicesOf = perCluster((cluster: Cluster): readonly MeshService[] => [
  ...objectsOf(cluster, CORE, 'Service').map((object) => readService(cluster, object)),
  ...objectsOf(cluster, NETWORKING, 'ServiceEntry').map(readEntry),
]);

function readService(cluster: Cluster, object: ManifestObject): MeshService {
  const spec = specOf(object);
  const externalName = spec.type === 'ExternalName' ? textOf(spec.externalName) : undefined;
  return {
    ...namesOf(object),
    kind: 'Service',
    hosts: [hostOf(cluster, object.name, namespaceOf(object))],
    ports: listOf(spec.ports).flatMap(readServicePort),
    selector: spec.type === 'ExternalName' ? {} : labelsOf(spec.selector),
    externalName,
    hasAddress: spec.clusterIP !== 'None' && spec.type !== 'ExternalName',
    exportTo: listIn(annotationsOfObject(object)['networking.istio.io/exportTo']),
  };
}

function namesOf(object: ManifestObject) {
  return { object, key: keyOf(object), name: object.name, namespaceName: namespaceOf(object), labels: labelsOfObject(object) };
}

function listIn(text = ''): readonly string[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.some(Boolean) ? parts.filter(Boolean) : EVERYWHERE;
}

/** A Service's port with any other word is refused by Kubernetes, and meant for TCP: `HTTP`. */
const OTHER_PROTOCOLS = ['UDP', 'SCTP'];

function readServicePort(port: Fields): ServicePort[] {
  const number = numberOf(port.port);
  if (number === undefined) return [];
  const words = {
    name: textOf(port.name),
    number,
    protocol: OTHER_PROTOCOLS.includes(textOf(port.protocol) ?? '') ? textOf(port.protocol)! : 'TCP',
    appProtocol: textOf(port.appProtocol),
  };
  return [{ ...words, target: numberOrTextOf(port.targetPort) ?? number, isHttp: speechOf(words) !== 'bytes' }];
}

function readEntry(object: ManifestObject): MeshService {
  const spec = specOf(object);
  const exportTo = textsOf(spec.exportTo);
  return {
    ...namesOf(object),
    kind: 'ServiceEntry',
    hosts: textsOf(spec.hosts),
    ports: listOf(spec.ports).flatMap(readEntryPort),
    selector: labelsOf(valueAt(spec, 'workloadSelector', 'labels')),
    isHollow: textOf(spec.resolution) === 'STATIC' && listOf(spec.endpoints).length === 0 && !isSaid(spec.workloadSelector),
    isExternal: textOf(spec.location) !== 'MESH_INTERNAL',
    hasAddress: (textOf(spec.resolution) ?? 'NONE') !== 'NONE',
    exportTo: exportTo.length === 0 ? EVERYWHERE : exportTo,
  };
}

function readEntryPort({ name, number, targetPort, protocol }: Fields): ServicePort[] {
  const port = numberOf(number);
  const said = textOf(protocol) ?? '';
  if (port === undefined) return [];
  const target = numberOf(targetPort) ?? port;
  return [{ name: textOf(name), number: port, target, namesPods: true, protocol: said, isHttp: isHttpProtocol(said) }];
}

const byNamespace = perCluster((cluster: Cluster) => groupedBy(servicesOf(cluster), ({ namespaceName }) => namespaceName));

/** The Services and ServiceEntries of a namespace. */
export function servicesIn(cluster: Cluster, namespaceName: string): readonly MeshService[] {
  return byNamespace(cluster).get(namespaceName) ?? [];
}

const byKey = perCluster((cluster: Cluster) => new Map(servicesOf(cluster).map((service) => [`${service.kind} ${service.key}`, service])));

/** The Service or ServiceEntry `namespace/name`. */
export function tryService(cluster: Cluster, kind: MeshService['kind'], key: string): MeshService | undefined {
  return byKey(cluster).get(`${kind} ${key}`);
}

/** Clients connect to its pods by their addresses. */
export function isHeadless({ kind, hasAddress, externalName }: MeshService): boolean {
  return kind === 'Service' && !hasAddress && externalName === undefined;
}

/** A port of a Service; DNS has one number for two of them, and nobody here sends UDP. */
export function portOf(service: MeshService, number: number): ServicePort | undefined {
  const ports = service.ports.filter((port) => port.number === number);
  return ports.find(({ protocol }) => protocol !== 'UDP') ?? ports[0];
}

import { type Labels, type Manifest, keyOf, namespaceOf, ofKind } from './manifest';
import { hasLabels } from './selectors';
import type { ServiceEntrySpec, ServicePort, ServiceSpec } from './traffic-specs';
import type { Pod } from './workloads';

/** What callers name: a Service, or a host outside that a ServiceEntry makes known. */
export interface MeshService {
  readonly kind: 'Service' | 'ServiceEntry';
  /** `namespace/name`. */
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly hosts: readonly string[];
  readonly ports: readonly MeshServicePort[];
  /** Pods behind it; a ServiceEntry has none here. */
  readonly selector?: Labels;
  /** Without an address of its own nothing can stand in front of it: clients dial pods, or the real address. */
  readonly hasAddress: boolean;
  /** Namespaces whose sidecars are told about it; ztunnel and waypoints read every list as `*`. */
  readonly exportTo: readonly string[];
}

export interface MeshServicePort {
  readonly number: number;
  /** The port behind: a number, or the name of a container's port. */
  readonly target: number | string;
  readonly isHttp: boolean;
}

export function readServices(objects: readonly Manifest[], { clusterDomain }: { readonly clusterDomain: string }): MeshService[] {
  return ofKind<ServiceSpec>(objects, '/Service').map((service) => ({
    kind: 'Service',
    key: keyOf(service),
    name: service.metadata.name,
    namespace: namespaceOf(service),
    labels: service.metadata.labels ?? {},
    hosts: [`${service.metadata.name}.${namespaceOf(service)}.svc.${clusterDomain}`],
    ports: (service.spec?.ports ?? []).map((port) => ({ number: port.port, target: port.targetPort ?? port.port, isHttp: isHttp(port) })),
    selector: service.spec?.selector,
    hasAddress: service.spec?.clusterIP !== 'None',
    exportTo: ['*'],
  }));
}

export function readServiceEntries(objects: readonly Manifest[]): MeshService[] {
  return ofKind<ServiceEntrySpec>(objects, 'networking.istio.io/ServiceEntry').map((entry) => ({
    kind: 'ServiceEntry',
    key: keyOf(entry),
    name: entry.metadata.name,
    namespace: namespaceOf(entry),
    labels: entry.metadata.labels ?? {},
    hosts: entry.spec?.hosts ?? [],
    ports: (entry.spec?.ports ?? []).map(({ number, targetPort, protocol }) => ({
      number,
      target: targetPort ?? number,
      isHttp: speaksHttp(protocol ?? ''),
    })),
    hasAddress: (entry.spec?.resolution ?? 'NONE') !== 'NONE',
    exportTo: entry.spec?.exportTo ?? ['*'],
  }));
}

/** `appProtocol`, else the port name's prefix; a port that says neither is sniffed, and a request in HTTP is then read as HTTP. */
function isHttp(port: ServicePort): boolean {
  const said = port.appProtocol ?? port.name?.split('-')[0];
  return said === undefined || speaksHttp(said) || !KNOWN_PROTOCOLS.has(said.toLowerCase());
}

const speaksHttp = (protocol: string): boolean => HTTP_PROTOCOLS.has(protocol.toLowerCase());

const HTTP_PROTOCOLS = new Set(['http', 'http2', 'grpc', 'grpc-web', 'kubernetes.io/h2c', 'kubernetes.io/ws']);
const KNOWN_PROTOCOLS = new Set(['tcp', 'tls', 'https', 'mongo', 'mysql', 'redis', 'udp', 'kubernetes.io/wss']);

/** The pods a Service selects. A Service without a selector has none that the manifests know. */
export function podsOf(service: MeshService, workloads: readonly Pod[]): Pod[] {
  const { selector } = service;
  if (!selector || Object.keys(selector).length === 0) return [];
  return workloads.filter((pod) => pod.namespace === service.namespace && hasLabels(pod.labels, selector));
}

export const portOf = (service: MeshService, number: number): MeshServicePort | undefined =>
  service.ports.find((port) => port.number === number);

/** The port's number on one pod; undefined when the pod has no port of that name. */
export const podPort = (port: MeshServicePort, pod: Pod): number | undefined =>
  typeof port.target === 'number' ? port.target : (pod.namedPorts[port.target] ?? (Number(port.target) || undefined));

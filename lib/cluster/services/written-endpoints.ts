import { CORE, DISCOVERY } from '../../istio/api-groups';
import { ENDPOINT_SLICE_MANAGER, ENDPOINTS_SKIP_MIRROR, SERVICE_OF_SLICE } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import { addTo } from '../../support/grouping';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { fieldsOf, isEmpty, listOf, numberOf, textOf, textsOf, valueAt } from '../objects/fields';
import { labelsOfObject, namespaceOf } from '../objects/manifest-object';
import { objectsOf, tryObject } from '../objects/objects-by-kind';
import { workloadAt, workloadOfPod } from '../workloads/running-pods';
import type { Workload } from '../workloads/workloads';
import { type MeshService, type ServicePort, servicesOf } from './services';

/** An address behind a Service that somebody has written, in an EndpointSlice or in the older Endpoints. */
export interface WrittenEndpoint {
  readonly object: ManifestObject;
  readonly address: string;
  /** By the name of the Service's port. */
  readonly ports: ReadonlyMap<string, number>;
  /** Whose pod it is; undefined outside of what the manifests have. */
  readonly workload?: Workload;
  /** `namespace/name` of the pod that it names; else there is an address alone. */
  readonly pod?: string;
}

/** Those that are ready, of a Service; undefined where no manifest has any for it. */
export function writtenEndpoints(cluster: Cluster, service: MeshService): readonly WrittenEndpoint[] | undefined {
  return byService(cluster).get(service);
}

const byService = perCluster((cluster: Cluster): ReadonlyMap<MeshService, readonly WrittenEndpoint[]> => {
  const services = servicesOf(cluster).filter(({ kind, externalName }) => kind === 'Service' && externalName === undefined);
  return new Map(
    services.flatMap((service) => {
      const written = endpointsOf(cluster, service);
      return written ? [[service, written] as const] : [];
    }),
  );
});

function endpointsOf(cluster: Cluster, service: MeshService): readonly WrittenEndpoint[] | undefined {
  const slices = (slicesByService(cluster).get(service.key) ?? []).filter((slice) => isRead(slice, service));
  const endpoints = isEmpty(service.selector) ? mirrored(cluster, service.key) : undefined;
  if (slices.length === 0 && !endpoints) return undefined;
  const found = [...slices.flatMap((slice) => ofSlice(cluster, slice)), ...(endpoints ? ofEndpoints(cluster, endpoints) : [])];
  return [...new Map(found.map((one) => [`${one.address} ${JSON.stringify([...one.ports])}`, one])).values()];
}

/** The same by the workload at the end, where the manifests have it. */
const byWorkload = perCluster((cluster: Cluster): ReadonlyMap<string, readonly WrittenService[]> => {
  const index = new Map<string, WrittenService[]>();
  const all = [...byService(cluster)].flatMap(([service, written]) => written.map((endpoint) => ({ service, endpoint })));
  for (const one of all) if (one.endpoint.workload) addTo(index, one.endpoint.workload.key, one);
  return index;
});

export interface WrittenService {
  readonly service: MeshService;
  readonly endpoint: WrittenEndpoint;
}

/** The Services behind which somebody has written a pod of a workload. */
export function writtenOver(cluster: Cluster, key: string): readonly WrittenService[] {
  return byWorkload(cluster).get(key) ?? [];
}

const slicesByService = perCluster((cluster: Cluster): ReadonlyMap<string, readonly ManifestObject[]> => {
  const index = new Map<string, ManifestObject[]>();
  for (const object of objectsOf(cluster, DISCOVERY, 'EndpointSlice')) {
    const name = labelsOfObject(object)[SERVICE_OF_SLICE];
    if (name !== undefined) addTo(index, `${namespaceOf(object)}/${name}`, object);
  }
  return index;
});

const OF_SELECTORS = 'endpointslice-controller.k8s.io';

/** Names in place of addresses are read by nobody, and what Kubernetes has written for a selector is read off that. */
function isRead(slice: ManifestObject, { selector }: MeshService): boolean {
  if (textOf(slice.manifest.addressType) === 'FQDN') return false;
  return isEmpty(selector) || labelsOfObject(slice)[ENDPOINT_SLICE_MANAGER] !== OF_SELECTORS;
}

/** Kubernetes makes EndpointSlices of them, which istiod reads. */
function mirrored(cluster: Cluster, key: string): ManifestObject | undefined {
  const object = tryObject(cluster, CORE, 'Endpoints', key);
  return object && labelsOfObject(object)[ENDPOINTS_SKIP_MIRROR] !== 'true' ? object : undefined;
}

function ofSlice(cluster: Cluster, slice: ManifestObject): WrittenEndpoint[] {
  const ports = portsIn(slice.manifest.ports);
  return listOf(slice.manifest.endpoints)
    .filter(({ conditions }) => valueAt(conditions, 'ready') !== false)
    .flatMap(({ addresses, targetRef }) => textsOf(addresses).map((address) => endpointAt(cluster, slice, ports, address, targetRef)));
}

function ofEndpoints(cluster: Cluster, object: ManifestObject): WrittenEndpoint[] {
  return listOf(object.manifest.subsets).flatMap(({ addresses, ports }) =>
    listOf(addresses).flatMap(({ ip, targetRef }) => {
      const address = textOf(ip);
      return address === undefined ? [] : [endpointAt(cluster, object, portsIn(ports), address, targetRef)];
    }),
  );
}

function portsIn(ports: unknown): ReadonlyMap<string, number> {
  const said = listOf(ports).flatMap(({ name, port }): [string, number][] => {
    const number = numberOf(port);
    return number === undefined ? [] : [[textOf(name) ?? '', number]];
  });
  return new Map(said);
}

function endpointAt(
  cluster: Cluster,
  object: ManifestObject,
  ports: ReadonlyMap<string, number>,
  address: string,
  targetRef: unknown,
): WrittenEndpoint {
  const { kind, name, namespace } = fieldsOf(targetRef);
  if (kind !== 'Pod') return { object, address, ports, workload: workloadAt(cluster, address, namespaceOf(object)) };
  const pod = `${textOf(namespace) ?? namespaceOf(object)}/${textOf(name)}`;
  return { object, address, ports, pod, workload: workloadOfPod(cluster, pod) };
}

/** The number behind a port of the Service; undefined where its own ports have no such name. */
export function writtenPort({ ports }: WrittenEndpoint, { name = '' }: ServicePort): number | undefined {
  return ports.get(name);
}

import type { Cluster } from '../../cluster/cluster';
import { namespaceOf } from '../../cluster/objects/manifest-object';
import { perCluster } from '../../cluster/per-cluster';
import { istioGateways, podsOfGateway } from '../../cluster/routes/istio-gateways';
import { podsBehind, servicesOver } from '../../cluster/services/endpoints';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { gatewaysOf, tryGateway } from '../../cluster/workloads/gateways';
import { planeOfProxy, type Proxy } from '../../cluster/workloads/proxies';
import { type Pod, type Workload, workloadsOf } from '../../cluster/workloads/workloads';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import type { ManifestObject } from '../../model/mesh-model';
import { compareText, sortedBy } from '../../support/ordering';
import { blindDoorsIn } from './blind-doors';

/** A node, and the objects that make it. */
export interface Placed {
  readonly id: string;
  readonly kind: 'service' | 'workload' | 'gateway' | 'external' | 'outside' | 'anybody';
  readonly name: string;
  readonly namespaceName?: string;
  readonly plane: string;
  readonly title: string;
  readonly objects: readonly ManifestObject[];
  /** What is called, where it can be. */
  readonly service?: MeshService;
}

/** Everything that has a name, by its id. */
export const placedIn = perCluster((cluster: Cluster): readonly Placed[] => {
  const services = servicesOf(cluster).filter((service) => isCalled(service) && !isOfGateway(cluster, service));
  const lonely = workloadsOf(cluster).filter(
    (workload) => serviceIdOver(cluster, workload) === undefined && !isGatewayPod(cluster, workload),
  );
  const nodes = [
    ...services.map((service) => serviceNode(cluster, service)),
    ...lonely.map(workloadNode),
    ...doorsIn(cluster).map(({ pod, object, key }) => gatewayNode(cluster, pod, object, key)),
    ...blindDoorsIn(cluster).map((gateway) => ({
      ...gatewayWords(gateway),
      title: `Gateway ${gateway.key}, whose pods no manifest has`,
      objects: [gateway.object],
    })),
  ];
  return sortedBy(nodes, ({ id }) => id);
});

export const placedById = perCluster((cluster: Cluster) => new Map(placedIn(cluster).map((node) => [node.id, node])));

/** How a proxy joins the mesh, in a word. */
export function planeWord(proxy: Proxy): string {
  return planeOfProxy(proxy) ?? 'none';
}

export interface Door {
  readonly key: string;
  readonly object: ManifestObject;
  readonly pod: Pod;
}

/** Gateways of both kinds through which requests come in. */
export const doorsIn = perCluster((cluster: Cluster): readonly Door[] => [
  ...gatewaysOf(cluster).flatMap((pod) => (pod.proxy.isDoor ? [{ key: pod.key, object: pod.object, pod }] : [])),
  ...istioGateways(cluster).flatMap((gateway) => {
    // A question by such a name is about the other kind.
    if (tryGateway(cluster, gateway.key)) return [];
    const pod = podsOfGateway(cluster, gateway);
    return pod ? [{ key: gateway.key, object: gateway.object, pod }] : [];
  }),
]);

const gatewayPods = perCluster((cluster: Cluster): ReadonlySet<string> => new Set(doorsIn(cluster).map(({ pod }) => pod.key)));

/** Its calls are those that come in through it. */
export function isGatewayPod(cluster: Cluster, { key }: Pick<Workload, 'key'>): boolean {
  return gatewayPods(cluster).has(key);
}

const isCalled = ({ ports }: MeshService): boolean => ports.some(({ protocol }) => protocol !== 'UDP');

function isOfGateway(cluster: Cluster, service: MeshService): boolean {
  const pods = podsBehind(cluster, service);
  return pods.length > 0 && pods.every((pod) => isGatewayPod(cluster, pod));
}

/** Id of the node that stands for a Service, or for what a ServiceEntry makes known. */
export function serviceId({ kind, key }: MeshService): string {
  return `${kind === 'Service' ? 'service' : 'external'} ${key}`;
}

/** The Service that stands for a workload where it calls: the one over the most workloads. */
function serviceIdOver(cluster: Cluster, workload: Workload): string | undefined {
  const over = servicesOver(cluster, workload).filter((one) => one.kind === 'Service' && isCalled(one) && !isOfGateway(cluster, one));
  const ranked = over.map((service) => ({ service, count: podsBehind(cluster, service).length }));
  ranked.sort((a, b) => b.count - a.count || compareText(a.service.key, b.service.key));
  return ranked.length > 0 ? serviceId(ranked[0].service) : undefined;
}

/** Id of the node that stands for a workload. */
export function nodeIdOf(cluster: Cluster, workload: Workload): string {
  return serviceIdOver(cluster, workload) ?? `workload ${workload.key}`;
}

function serviceNode(cluster: Cluster, service: MeshService): Placed {
  const { kind, name, namespaceName, hosts, object } = service;
  const pods = podsBehind(cluster, service);
  const isExternal = kind === 'ServiceEntry';
  const proxy =
    pods.find((pod) => pod.proxy.isInMesh)?.proxy ?? (pods.length > 0 ? pods[0].proxy : proxyInNamespace(cluster, namespaceName));
  const plane = isExternal ? 'none' : planeWord(proxy);
  return {
    id: serviceId(service),
    kind: isExternal ? 'external' : 'service',
    name: isExternal ? hosts.join(', ') : name,
    namespaceName,
    plane,
    title: isExternal ? `${hosts.join(', ')}, by ServiceEntry ${service.key}` : `Service ${service.key}, ${inPlane(plane)}`,
    objects: [object, ...pods.map((pod) => pod.object)],
    service,
  };
}

function workloadNode({ key, object, namespaceName, proxy }: Workload): Placed {
  const plane = planeWord(proxy);
  const title = `${object.kind} ${key}, without a Service, ${inPlane(plane)}`;
  return { id: `workload ${key}`, kind: 'workload', name: object.name, namespaceName, plane, title, objects: [object] };
}

function gatewayNode(cluster: Cluster, pod: Pod, object: ManifestObject, key: string): Placed {
  const pods = workloadsOf(cluster).filter((workload) => workload.key === pod.key);
  const services = pods.flatMap((workload) => servicesOver(cluster, workload)).filter((service) => isOfGateway(cluster, service));
  const objects = [object, ...[...pods, ...services].map((one) => one.object)];
  return { ...gatewayWords({ object, key }), title: `Gateway ${key}`, objects };
}

function gatewayWords({ object, key }: Pick<Door, 'object' | 'key'>) {
  return { id: `gateway ${key}`, kind: 'gateway', name: object.name, namespaceName: namespaceOf(object), plane: 'gateway' } as const;
}

function inPlane(plane: string): string {
  return plane === 'none' ? 'outside the mesh' : plane;
}

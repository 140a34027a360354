import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { isEmpty } from '../objects/fields';
import { hasLabels } from '../objects/selectors';
import { SelectorIndex } from '../objects/selector-index';
import { gatewaysIn, type GatewayProxy } from '../workloads/gateways';
import { proxyInNamespace } from '../workloads/namespaces';
import { type Pod, type Workload, workloadsWith } from '../workloads/workloads';
import { type MeshService, type ServicePort, servicesOf } from './services';

/** The workloads whose pods a Service leads to. One without a selector has none that the manifests know. */
export function podsBehind(cluster: Cluster, { selector, namespaceName }: MeshService): readonly Workload[] {
  return isEmpty(selector) ? [] : workloadsWith(cluster, namespaceName, selector);
}

/** The same with those that istiod makes for a Gateway at the edge. */
export function endsBehind(cluster: Cluster, { selector, namespaceName }: MeshService): readonly (Workload | GatewayProxy)[] {
  if (isEmpty(selector)) return [];
  const made = gatewaysIn(cluster, namespaceName).filter(({ proxy, labels }) => proxy.isDoor && hasLabels(labels, selector));
  return [...workloadsWith(cluster, namespaceName, selector), ...made];
}

const bySelector = perCluster((cluster: Cluster) => new SelectorIndex(servicesOf(cluster).filter(({ selector }) => !isEmpty(selector))));

/** The Services that lead to a pod. */
export function servicesOver(cluster: Cluster, { namespaceName, labels }: Pick<Pod, 'namespaceName' | 'labels'>): readonly MeshService[] {
  return bySelector(cluster).picking(namespaceName, labels);
}

/** The port's number on one pod; undefined when the pod has no port of that name. */
export function podPort({ target }: ServicePort, pod: Pick<Pod, 'namedPorts'>): number | undefined {
  return typeof target === 'number' ? target : (pod.namedPorts[target] ?? (Number(target) || undefined));
}

/** Ports of a pod that a Service leads to, with what is known of their speech. */
export function servedPorts(cluster: Cluster, pod: Pod): { readonly number: number; readonly isHttp: boolean }[] {
  const ports = servicesOver(cluster, pod).flatMap((service) => service.ports);
  return ports.flatMap((port) => {
    const number = podPort(port, pod);
    return number === undefined ? [] : [{ number, isHttp: port.isHttp }];
  });
}

/** Some pods behind a Service are in the mesh, as far as the manifests tell. */
export function servesMesh(cluster: Cluster, service: MeshService): boolean {
  if (isEmpty(service.selector)) return false;
  const pods = podsBehind(cluster, service);
  return pods.length > 0 ? pods.some(({ proxy }) => proxy.isInMesh) : proxyInNamespace(cluster, service.namespaceName).isInMesh;
}

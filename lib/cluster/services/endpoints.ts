import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { isEmpty } from '../objects/fields';
import { hasLabels } from '../objects/selectors';
import { SelectorIndex } from '../objects/selector-index';
import { gatewaysIn, type GatewayProxy } from '../workloads/gateways';
import { proxyInNamespace } from '../workloads/namespaces';
import { type Pod, type Workload, workloadsWith } from '../workloads/workloads';
import { type MeshService, type ServicePort, servicesOf } from './services';
import { writtenEndpoints, writtenOver, writtenPort } from './written-endpoints';

/** The workloads whose pods a Service leads to: those that its selector picks, and those that somebody has written behind it. */
export function podsBehind(cluster: Cluster, service: MeshService): readonly Workload[] {
  const written = (writtenEndpoints(cluster, service) ?? []).flatMap(({ workload }) => workload ?? []);
  const picked = podsPicked(cluster, service);
  return written.length === 0 ? picked : [...new Set([...picked, ...written])];
}

/** Those that its selector picks. */
export function podsPicked(cluster: Cluster, { selector, namespaceName }: MeshService): readonly Workload[] {
  return isEmpty(selector) ? [] : workloadsWith(cluster, namespaceName, selector);
}

/** Those that istiod makes for Gateways at the edge. */
export function gatewaysBehind(cluster: Cluster, { selector, namespaceName }: MeshService): readonly GatewayProxy[] {
  if (isEmpty(selector)) return [];
  return gatewaysIn(cluster, namespaceName).filter(({ proxy, labels }) => proxy.isDoor && hasLabels(labels, selector));
}

/** All of them. */
export function allBehind(cluster: Cluster, service: MeshService): readonly (Workload | GatewayProxy)[] {
  return [...podsBehind(cluster, service), ...gatewaysBehind(cluster, service)];
}

const bySelector = perCluster((cluster: Cluster) => new SelectorIndex(servicesOf(cluster).filter(({ selector }) => !isEmpty(selector))));

/** What Services lead to: pods by their labels, and one workload by its name. */
type Served = Pick<Pod, 'namespaceName' | 'labels'> & Partial<Pick<Pod, 'key'>>;

/** The Services that lead to a pod. */
export function servicesOver(cluster: Cluster, pod: Served): readonly MeshService[] {
  const picking = servicesPicking(cluster, pod);
  const written = pod.key === undefined ? [] : writtenOver(cluster, pod.key).map(({ service }) => service);
  return written.length === 0 ? picking : [...new Set([...picking, ...written])];
}

function servicesPicking(cluster: Cluster, { namespaceName, labels }: Served): readonly MeshService[] {
  return bySelector(cluster).picking(namespaceName, labels);
}

/** What has ports by names: a pod, or a machine. */
type Named = Pick<Pod, 'namedPorts'> & Partial<Pick<Workload, 'isOutside'>>;

/** The port's number on one pod; undefined when the pod has no port of that name. Machines, and whatever a ServiceEntry selects, say it by the name of the port itself. */
export function podPort({ name = '', target, namesPods }: ServicePort, { namedPorts, isOutside }: Named): number | undefined {
  if (typeof target === 'string') return namedPorts[target] ?? (Number(target) || undefined);
  return namesPods || isOutside ? namedPorts[name] || target : target;
}

/** Ports of a pod that a Service leads to, with what is known of their speech. */
export function servedPorts(cluster: Cluster, pod: Pod): { readonly number: number; readonly isHttp: boolean }[] {
  const picking = servicesPicking(cluster, pod);
  if (picking.length === 0) return portsWritten(cluster, pod);
  const ports = picking.flatMap((service) => service.ports);
  return ports.flatMap((port) => {
    const number = podPort(port, pod);
    return number === undefined ? [] : [{ number, isHttp: port.isHttp }];
  });
}

/** istiod looks for written ones only where no selector picks the pod. */
function portsWritten(cluster: Cluster, { key }: Pod): { readonly number: number; readonly isHttp: boolean }[] {
  return writtenOver(cluster, key).flatMap(({ service, endpoint }) =>
    service.ports.flatMap((port) => {
      const number = writtenPort(endpoint, port);
      return number === undefined ? [] : [{ number, isHttp: port.isHttp }];
    }),
  );
}

/** Some pods behind a Service are in the mesh, as far as the manifests tell. */
export function servesMesh(cluster: Cluster, service: MeshService): boolean {
  const pods = podsBehind(cluster, service);
  if (pods.length > 0 || isEmpty(service.selector)) return pods.some(({ proxy }) => proxy.isInMesh);
  return proxyInNamespace(cluster, service.namespaceName).isInMesh;
}

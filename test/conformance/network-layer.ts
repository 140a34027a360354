import { tryGateway } from '../../lib/cluster/workloads/gateways';
import { type Pod, tryWorkload } from '../../lib/cluster/workloads/workloads';
import { connects } from '../../lib/verdict/decision/network';
import type { MeshUnderTest } from './mesh-under-test';

/** Whether NetworkPolicies let the pods of a workload, `namespace/name`, connect to an address outside the cluster. */
export function letsOut({ cluster }: MeshUnderTest, workload: string, address: string, port: number): boolean {
  return leaves(cluster, tryWorkload(cluster, workload), address, port);
}

/** The same of the pods that Istio makes for a Gateway. */
export function gatewayLetsOut({ cluster }: MeshUnderTest, gateway: string, address: string, port: number): boolean {
  return leaves(cluster, tryGateway(cluster, gateway), address, port);
}

function leaves(cluster: MeshUnderTest['cluster'], pod: Pod | undefined, address: string, port: number): boolean {
  if (!pod) throw new Error('no such pods in the manifests');
  return connects(cluster, pod, { labels: {}, address }, port).allowed;
}

/** Whether they let the pods of a workload connect to those that Istio makes for a Gateway. */
export function reachesGateway({ cluster }: MeshUnderTest, workload: string, gateway: string, port: number): boolean {
  const [from, to] = [tryWorkload(cluster, workload), tryGateway(cluster, gateway)];
  if (!from || !to) throw new Error('no such pods in the manifests');
  return connects(cluster, from, to, port).allowed;
}

/** Whether they let the pods of a workload, or those of a Gateway, connect to those of another workload. */
export function connectsTo({ cluster }: MeshUnderTest, from: string, workload: string, port: number): boolean {
  const [pods, to] = [tryWorkload(cluster, from) ?? tryGateway(cluster, from), tryWorkload(cluster, workload)];
  if (!pods || !to) throw new Error('no such pods in the manifests');
  return connects(cluster, pods, to, port).allowed;
}

import type { Cluster } from '../cluster/cluster';
import { tryIstioGateway } from '../cluster/routes/istio-gateways';
import { listenersOf, tryGateway } from '../cluster/workloads/gateways';
import { tryGatewayPod } from '../verdict/requests/callers';

/** Ports that the Gateway `namespace/name`, of either kind, has open; none where it has no pods. */
export function openPorts(cluster: Cluster, key: string): number[] {
  if (!tryGatewayPod(cluster, key)) return [];
  const gateway = tryGateway(cluster, key);
  const open = gateway ? listenersOf(cluster, gateway) : (tryIstioGateway(cluster, key)?.servers ?? []);
  return [...new Set(open.flatMap(({ port }) => port ?? []))];
}

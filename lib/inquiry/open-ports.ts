import type { Cluster } from '../cluster/cluster';
import { tryIstioGateway } from '../cluster/routes/istio-gateways';
import { listenersOf, tryGateway } from '../cluster/workloads/gateways';
import type { ExposureModel } from '../model/mesh-model';
import { tryGatewayPod } from '../verdict/requests/callers';

/** Ports that the Gateway `namespace/name`, of either kind, has open; none where it has no pods. */
export function openPorts(cluster: Cluster, key: string): number[] {
  if (!tryGatewayPod(cluster, key)) return [];
  const gateway = tryGateway(cluster, key);
  const open = gateway ? listenersOf(cluster, gateway) : (tryIstioGateway(cluster, key)?.servers ?? []);
  return [...new Set(open.flatMap(({ port }) => port ?? []))];
}

/** `namespace/name` of the object that opens the ports through which something is exposed. */
export function doorOf({ gateway, istioGateway }: Pick<ExposureModel, 'gateway' | 'istioGateway'>): string {
  const { namespaceName, name } = istioGateway ?? gateway;
  return `${namespaceName}/${name}`;
}

import type { Cluster } from '../cluster';
import { admits, type GatewayProxy, type Listener } from '../workloads/gateways';
import { labelsOfNamespace } from '../workloads/namespaces';
import type { RouteParent } from './gateway-api-routes';

export interface RouteListeners {
  /** Those that a route means by what it says of its parent. */
  readonly named: readonly Listener[];
  /** Those of them that take routes of its namespace. */
  readonly admitting: readonly Listener[];
}

/** The listeners of a Gateway that a route of a namespace may attach to. */
export function listenersFor(
  cluster: Cluster,
  gateway: GatewayProxy,
  { sectionName, port }: Pick<RouteParent, 'sectionName' | 'port'>,
  namespaceName: string,
): RouteListeners {
  const named = gateway.listeners.filter(
    (listener) => (sectionName === undefined || listener.name === sectionName) && (port === undefined || listener.port === port),
  );
  const labels = labelsOfNamespace(cluster, namespaceName);
  return { named, admitting: named.filter((listener) => admits(gateway, listener, namespaceName, labels)) };
}

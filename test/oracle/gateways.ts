import { type Manifest, keyOf, namespaceOf, ofKind } from './manifest';
import { selects } from './selectors';
import type { KubernetesGatewaySpec, Listener } from './traffic-specs';
import { type Pod, principalOf } from './workloads';

/** The proxy that istiod deploys for a Kubernetes Gateway: an ingress gateway or a waypoint. */
export interface GatewayProxy extends Pod {
  readonly name: string;
  readonly className: string;
  readonly listeners: readonly Listener[];
  /** What a waypoint is for: `service`, `workload`, `all` or `none`. */
  readonly trafficType: string;
}

export const WAYPOINT_CLASS = 'istio-waypoint';

export function readGateways(objects: readonly Manifest[], trust: { readonly trustDomain: string }): GatewayProxy[] {
  return ofKind<KubernetesGatewaySpec>(objects, 'gateway.networking.k8s.io/Gateway').map((gateway, index) => {
    const { name, labels = {}, annotations = {} } = gateway.metadata;
    const namespace = namespaceOf(gateway);
    const className = gateway.spec?.gatewayClassName ?? '';
    const isWaypoint = className === WAYPOINT_CLASS;
    const account = annotations['gateway.istio.io/service-account'] ?? (isWaypoint ? name : `${name}-${className}`);
    return {
      key: keyOf(gateway),
      name,
      namespace,
      className,
      labels: { ...labels, 'gateway.networking.k8s.io/gateway-name': name },
      proxy: isWaypoint ? 'waypoint' : 'gateway',
      principal: principalOf(trust, namespace, account),
      address: `10.245.${index >> 8}.${index & 255}`,
      replicas: 1,
      namedPorts: {},
      listeners: gateway.spec?.listeners ?? [],
      trafficType: labels['istio.io/waypoint-for'] ?? 'service',
    };
  });
}

/** Whether a listener takes routes, or a waypoint takes services, from a namespace; by default only from its own. */
export function admits(
  gateway: GatewayProxy,
  listener: Listener | undefined,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  const allowed = listener?.allowedRoutes?.namespaces;
  if (allowed?.from === 'All') return true;
  if (allowed?.from === 'Selector') return selects(allowed.selector ?? {}, labels);
  return gateway.namespace === namespace;
}

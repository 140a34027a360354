import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { GATEWAY_API } from '../../istio/api-groups';
import { INGRESS_CLASS, WAYPOINT_CLASS } from '../../istio/gateway-classes';
import { NAMESPACE_NAME } from '../../istio/labels';
import { HBONE } from '../../istio/ports';

// What an API server would fill in: left to it, tools that compare lists as a whole would find a difference for ever.
const OF_THE_SAME_NAMESPACE = { namespaces: { from: gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SAME } };

type PodLabels = Readonly<Record<string, string>>;

/** A listener with TLS; routes attach from some namespaces, and from no other. */
export interface TlsListener {
  readonly name: string;
  readonly port: number;
  readonly tlsSecret: string;
  readonly namespaces: string[];
}

export function renderIngressGateway(listener: TlsListener, podLabels: PodLabels | undefined): gateway.GatewaySpec {
  return { gatewayClassName: INGRESS_CLASS, infrastructure: infrastructureOf(podLabels), listeners: [renderListener(listener)] };
}

export function renderWaypoint(podLabels: PodLabels | undefined): gateway.GatewaySpec {
  return {
    gatewayClassName: WAYPOINT_CLASS,
    infrastructure: infrastructureOf(podLabels),
    listeners: [{ name: 'mesh', port: HBONE, protocol: 'HBONE', allowedRoutes: OF_THE_SAME_NAMESPACE }],
  };
}

function infrastructureOf(podLabels: PodLabels | undefined): gateway.GatewaySpecInfrastructure | undefined {
  return podLabels && { labels: { ...podLabels } };
}

function renderListener({ name, port, tlsSecret, namespaces }: TlsListener): gateway.GatewaySpecListeners {
  return {
    name,
    port,
    protocol: 'HTTPS',
    tls: { mode: gateway.GatewaySpecListenersTlsMode.TERMINATE, certificateRefs: [{ kind: 'Secret', group: '', name: tlsSecret }] },
    allowedRoutes: {
      kinds: [{ group: GATEWAY_API, kind: 'HTTPRoute' }],
      namespaces: {
        from: gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SELECTOR,
        selector: { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: namespaces }] },
      },
    },
  };
}

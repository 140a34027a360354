import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { CORE, GATEWAY_API } from '../../istio/api-groups';
import { INGRESS_CLASS, WAYPOINT_CLASS } from '../../istio/gateway-classes';
import { NAMESPACE_NAME } from '../../istio/labels';
import { HBONE } from '../../istio/ports';
import type { CertificateFacts, Door, ListenerFacts, ListenerKind } from '../../model/edge/listener';

type PodLabels = Readonly<Record<string, string>>;

/** A door, and the namespaces from which routes attach to it: from no other one. */
export interface OpenDoor extends Door {
  readonly namespaces: string[];
}

export function renderIngressGateway(doors: readonly OpenDoor[], podLabels: PodLabels | undefined): gateway.GatewaySpec {
  return { gatewayClassName: INGRESS_CLASS, infrastructure: infrastructureOf(podLabels), listeners: doors.map(renderListener) };
}

export function renderWaypoint(podLabels: PodLabels | undefined): gateway.GatewaySpec {
  return {
    gatewayClassName: WAYPOINT_CLASS,
    infrastructure: infrastructureOf(podLabels),
    listeners: [{ name: 'mesh', port: HBONE, protocol: 'HBONE' }],
  };
}

function infrastructureOf(podLabels: PodLabels | undefined): gateway.GatewaySpecInfrastructure | undefined {
  return podLabels && { labels: { ...podLabels } };
}

const PROTOCOLS: Readonly<Record<ListenerKind, string>> = {
  https: 'HTTPS',
  http: 'HTTP',
  redirect: 'HTTP',
  tls: 'TLS',
  passthrough: 'TLS',
  tcp: 'TCP',
};
const ROUTES: Readonly<Record<ListenerKind, string>> = {
  https: 'HTTPRoute',
  http: 'HTTPRoute',
  redirect: 'HTTPRoute',
  tls: 'TLSRoute',
  passthrough: 'TLSRoute',
  tcp: 'TCPRoute',
};
const CLIENTS = { required: 'MUTUAL', optional: 'OPTIONAL_MUTUAL' } as const;

function renderListener({ section, host, listener, namespaces }: OpenDoor): gateway.GatewaySpecListeners {
  return {
    name: section,
    hostname: host,
    port: listener.port,
    protocol: PROTOCOLS[listener.kind],
    tls: renderTls(listener),
    allowedRoutes: {
      kinds: [{ group: GATEWAY_API, kind: ROUTES[listener.kind] }],
      namespaces: {
        from: gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SELECTOR,
        selector: { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: namespaces }] },
      },
    },
  };
}

function renderTls({ kind, certificate, clients }: ListenerFacts): gateway.GatewaySpecListenersTls | undefined {
  if (kind === 'passthrough') return { mode: gateway.GatewaySpecListenersTlsMode.PASSTHROUGH };
  if (!certificate) return undefined;
  return {
    mode: gateway.GatewaySpecListenersTlsMode.TERMINATE,
    certificateRefs: [certificateRef(certificate)],
    options: clients && { 'gateway.istio.io/tls-terminate-mode': CLIENTS[clients] },
  };
}

export function certificateRef({ secretName, namespaceName }: CertificateFacts): gateway.GatewaySpecListenersTlsCertificateRefs {
  return { kind: 'Secret', group: CORE, name: secretName!, namespace: namespaceName };
}

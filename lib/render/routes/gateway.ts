import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { CORE, GATEWAY_API } from '../../istio/api-groups';
import { INGRESS_CLASS, WAYPOINT_CLASS } from '../../istio/gateway-classes';
import { GLOBAL, NAMESPACE_NAME, XFCC_INCLUDE_CLIENT_IDENTITY } from '../../istio/labels';
import { HBONE } from '../../istio/ports';
import type { CertificateFacts, Door, ListenerFacts, ListenerKind } from '../../model/edge/listener';

type Texts = Readonly<Record<string, string>>;

// What an API server would fill in: left to it, tools that compare lists as a whole would find a difference for ever.
const OF_THE_SAME_NAMESPACE = { namespaces: { from: gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SAME } };

/** What istiod makes for a Gateway, as far as somebody says something of it. */
export interface Infrastructure {
  readonly labels?: Texts;
  readonly annotations?: Texts;
  /** Name of the ConfigMap that is laid over it. */
  readonly parameters?: string;
  /** Address of its load balancer. */
  readonly address?: string;
}

/** A door, and the namespaces from which routes attach to it: from no other one. */
export interface OpenDoor extends Door {
  readonly namespaces: string[];
}

export function renderIngressGateway(
  doors: readonly OpenDoor[],
  infrastructure: Infrastructure = {},
  allowedListeners?: gateway.GatewaySpecAllowedListeners,
): gateway.GatewaySpec {
  const { address } = infrastructure;
  return {
    gatewayClassName: INGRESS_CLASS,
    addresses: address === undefined ? undefined : [{ type: 'IPAddress', value: address }],
    allowedListeners,
    infrastructure: renderInfrastructure(infrastructure),
    listeners: doors.map(renderListener),
  };
}

/** Namespaces whose ListenerSets a Gateway takes; none where nothing is said. */
export function renderAllowedListeners(namespaceNames: readonly string[]): gateway.GatewaySpecAllowedListeners | undefined {
  if (namespaceNames.length === 0) return undefined;
  return { namespaces: { from: gateway.GatewaySpecAllowedListenersNamespacesFrom.SELECTOR, selector: inNamespaces(namespaceNames) } };
}

/** Listeners of a Gateway in another namespace. */
export function renderListenerSet({ name, namespaceName }: Parent, doors: readonly OpenDoor[]): gateway.ListenerSetSpec {
  return {
    parentRef: { group: GATEWAY_API, kind: 'Gateway', name, namespace: namespaceName },
    listeners: doors.map((door) => renderListener(door) as unknown as gateway.ListenerSetSpecListeners),
  };
}

interface Parent {
  readonly name: string;
  readonly namespaceName: string;
}

// A list may be one that is known when it is written: it is not copied.
function inNamespaces(names: readonly string[]): gateway.GatewaySpecAllowedListenersNamespacesSelector {
  return { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: names as string[] }] };
}

/** What a waypoint has to do. */
export interface WaypointTask {
  /** Namespaces whose Services may be behind it; its own where no other is named. */
  readonly namespaceNames?: readonly string[];
  /** Callees want to know who calls: it is asked for that by an annotation of its pods. */
  readonly tellsCallers?: boolean;
  /** Services behind it have pods in other clusters: there it has to be known as they are. */
  readonly isGlobal?: boolean;
}

export function renderWaypoint(infrastructure: Infrastructure = {}, task: WaypointTask = {}): gateway.GatewaySpec {
  const { namespaceNames = [], tellsCallers, isGlobal } = task;
  const { annotations, labels } = infrastructure;
  const telling = { ...annotations, [XFCC_INCLUDE_CLIENT_IDENTITY]: 'true' };
  const allowedRoutes = namespaceNames.length < 2 ? OF_THE_SAME_NAMESPACE : allowedFrom(namespaceNames);
  return {
    gatewayClassName: WAYPOINT_CLASS,
    infrastructure: renderInfrastructure({
      ...infrastructure,
      labels: isGlobal ? { ...labels, [GLOBAL]: 'true' } : labels,
      annotations: tellsCallers ? telling : annotations,
    }),
    listeners: [{ name: 'mesh', port: HBONE, protocol: 'HBONE', allowedRoutes }],
  };
}

export function renderInfrastructure({ labels, annotations, parameters }: Infrastructure): gateway.GatewaySpecInfrastructure | undefined {
  if (!labels && !annotations && parameters === undefined) return undefined;
  return {
    labels: labels && { ...labels },
    annotations: annotations && { ...annotations },
    parametersRef: parameters === undefined ? undefined : { group: CORE, kind: 'ConfigMap', name: parameters },
  };
}

/** What a listener speaks, in the words of both kinds of Gateway. */
export const PROTOCOLS: Readonly<Record<ListenerKind, string>> = {
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
    allowedRoutes: { kinds: [{ group: GATEWAY_API, kind: ROUTES[listener.kind] }], ...allowedFrom(namespaces) },
  };
}

function allowedFrom(namespaces: readonly string[]): gateway.GatewaySpecListenersAllowedRoutes {
  const from = gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SELECTOR;
  return { namespaces: { from, selector: inNamespaces(namespaces) } };
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

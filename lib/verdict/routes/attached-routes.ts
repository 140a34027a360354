import type { Cluster } from '../../cluster/cluster';
import { type GatewayApiRoute, type RouteParent, routesUnder } from '../../cluster/routes/gateway-api-routes';
import { admits, type GatewayProxy, type Listener } from '../../cluster/workloads/gateways';
import { labelsOfNamespace } from '../../cluster/workloads/namespaces';
import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';

const GROUPS = { Service: CORE, ServiceEntry: NETWORKING, Gateway: GATEWAY_API, ListenerSet: GATEWAY_API } as const;

/** Whether a route names this one as its parent. */
export function isParent(parent: RouteParent, kind: keyof typeof GROUPS, key: string): boolean {
  return parent.group === GROUPS[kind] && parent.kind === kind && parent.key === key;
}

/** The routes that are bound to some of a gateway's listeners, and that those take. */
export function routesAt(cluster: Cluster, gateway: GatewayProxy, listeners: readonly Listener[]): GatewayApiRoute[] {
  const parents = new Map(listeners.map(({ parent }) => [`${parent.kind} ${parent.key}`, parent]));
  const routes = new Set([...parents.values()].flatMap(({ kind, key }) => routesUnder(cluster, kind, key)));
  return [...routes].filter((route) => listeners.some((listener) => isAttached(cluster, gateway, listener, route)));
}

function isAttached(cluster: Cluster, gateway: GatewayProxy, listener: Listener, route: GatewayApiRoute): boolean {
  const { namespaceName, parents, object } = route;
  return (
    takesKind(listener, object.kind) &&
    admits(gateway, listener, namespaceName, labelsOfNamespace(cluster, namespaceName)) &&
    parents.some(
      (parent) =>
        isParent(parent, listener.parent.kind, listener.parent.key) &&
        (parent.sectionName ?? listener.name) === listener.name &&
        (parent.port ?? listener.port) === listener.port,
    )
  );
}

/** What is there for those that read requests, and for bytes as they are. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TCP: ['TCPRoute'],
  TLS: ['TLSRoute'],
};

/** Of what a protocol allows a listener takes the kinds that it names, or all. Where TLS ends, what is in it are bytes like any other. */
function takesKind({ protocol, passesTls, kinds }: Listener, kind: string): boolean {
  const isAllowed = !KINDS[protocol] || KINDS[protocol].includes(kind) || (protocol === 'TLS' && !passesTls && kind === 'TCPRoute');
  return isAllowed && (kinds.length === 0 || kinds.includes(kind));
}

import * as gateway from '../../../../imports/gateway.networking.k8s.io';
import * as networking from '../../../../imports/networking.istio.io';
import { GATEWAY_API, NETWORKING } from '../../../istio/api-groups';
import { INGRESS_CLASS } from '../../../istio/gateway-classes';
import type { EgressFacts } from '../../../model/outside/egress-facts';
import type { PartyFacts } from '../../../model/party';
import type { Port } from '../../../model/port';
import { type Infrastructure, renderInfrastructure } from '../gateway';

/** What tells a listener that its clients are proxies of the mesh, which prove who they are. */
const MESH_TLS = { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' };

/** A gateway with a listener for each port of each host, told apart by the server name that proxies ask for. */
export function renderEgressGateway(hosts: readonly PartyFacts[], infrastructure: Infrastructure): gateway.GatewaySpec {
  return {
    gatewayClassName: INGRESS_CLASS,
    infrastructure: renderInfrastructure(infrastructure),
    listeners: hosts.flatMap((host) => host.ports.map((port) => renderListener(host, port))),
  };
}

function renderListener({ name, host }: PartyFacts, port: Port): gateway.GatewaySpecListeners {
  return {
    name: listenerName(name, port),
    port: port.number,
    protocol: port.readsHttp ? 'HTTPS' : 'TLS',
    hostname: host,
    tls: { mode: gateway.GatewaySpecListenersTlsMode.TERMINATE, options: MESH_TLS },
    allowedRoutes: {
      kinds: [{ group: GATEWAY_API, kind: routeKind(port) }],
      namespaces: { from: gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom.SAME },
    },
  };
}

/** The way of callers' proxies to the gateway: mutual TLS of the mesh, with the host's name for a server name. */
export function renderEgressClients(
  { host }: EgressFacts,
  hosts: readonly PartyFacts[],
  exportTo: string[],
): networking.DestinationRuleSpec {
  const { ISTIO_UNDERSCORE_MUTUAL } = networking.DestinationRuleSpecSubsetsTrafficPolicyTlsMode;
  return {
    host,
    exportTo,
    subsets: hosts.map((one) => ({ name: one.name, trafficPolicy: { tls: { mode: ISTIO_UNDERSCORE_MUTUAL, sni: one.host } } })),
  };
}

/** Sends what callers mean for a host to the gateway. */
export function renderToGateway({ name, host = '', ports, through }: PartyFacts, exportTo: string[]): networking.VirtualServiceSpec {
  const routeOf = ({ number }: Port) => [{ destination: { host: through!.host, subset: name, port: { number } } }];
  const [http, tls, tcp] = [ports.filter(({ readsHttp }) => readsHttp), ports.filter(speaksTls), ports.filter(isPlain)];
  return {
    hosts: [host],
    exportTo,
    http: some(http.map((port) => ({ match: [{ port: port.number }], route: routeOf(port) }))),
    tls: some(tls.map((port) => ({ match: [{ port: port.number, sniHosts: [host] }], route: routeOf(port) }))),
    tcp: some(tcp.map((port) => ({ match: [{ port: port.number }], route: routeOf(port) }))),
  };
}

/** Sends what the gateway gets on a listener to the host that the listener is for. */
export function renderFromGateway({ name, host = '', through }: PartyFacts, port: Port): gateway.HttpRouteSpec & gateway.TcpRouteSpec {
  const parentRefs = [{ group: GATEWAY_API, kind: 'Gateway', name: through!.name, sectionName: listenerName(name, port) }];
  const backendRefs = [{ group: NETWORKING, kind: 'Hostname', name: host, port: port.number, weight: 1 }];
  if (!port.readsHttp) return { parentRefs, rules: [{ backendRefs }] };
  const type = gateway.HttpRouteSpecRulesMatchesPathType.PATH_PREFIX;
  return { parentRefs, hostnames: [host], rules: [{ matches: [{ path: { type, value: '/' } }], backendRefs }] } as gateway.HttpRouteSpec &
    gateway.TcpRouteSpec;
}

export function routeKind({ readsHttp }: Port): 'HTTPRoute' | 'TCPRoute' {
  return readsHttp ? 'HTTPRoute' : 'TCPRoute';
}

export function listenerName(name: string, { number }: Port): string {
  return `${name}-${number}`;
}

function speaksTls({ appProtocol }: Port): boolean {
  return appProtocol === 'tls';
}

function isPlain(port: Port): boolean {
  return !port.readsHttp && !speaksTls(port);
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

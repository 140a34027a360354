import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { type IstioGateway, type IstioServer, takesFor, tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { isExportedTo, type VirtualService } from '../../cluster/routes/virtual-services';
import { hostMatches } from '../../cluster/services/hosts';
import { isHttpProtocol } from '../../cluster/services/protocols';
import { type GatewayProxy, type Listener, listenersOf, tryGateway } from '../../cluster/workloads/gateways';
import { gatewayRouteTable } from '../routes/http-route-rules';
import { listenerBytes, passesTls, serverBytes } from '../routes/gateway-bytes';
import type { RouteTable } from '../routes/route-table';
import { type Reader, virtualServiceTable } from '../routes/virtual-service-routes';
import type { Speaker } from '../requests/callers';
import type { HostTarget, Request } from '../requests/request';
import type { Refusal } from './plan';

/** A port of a gateway that is open for a host, as a client finds it. */
export interface Entrance {
  readonly scheme: 'http' | 'https';
  /** Else it hands on bytes. */
  readonly readsRequests: boolean;
  readonly wantsCertificate: boolean;
  /** Undefined where nothing is bound to it. */
  readonly table?: RouteTable;
  /** What is answered before any route is asked. */
  readonly refusal?: Refusal;
}

/** The listener of a Kubernetes Gateway, or the server of an Istio Gateway, that names the host most closely. */
export function entranceAt(cluster: Cluster, request: Request, gateway: Speaker, to: HostTarget): Entrance | undefined {
  const kubernetesGateway = tryGateway(cluster, gateway.key);
  if (kubernetesGateway && kubernetesGateway === gateway) return atListener(cluster, kubernetesGateway, to);
  const key = 'gateway' in request.from ? request.from.gateway : '';
  const istioGateway = tryIstioGateway(cluster, key);
  return istioGateway && atServer(cluster, istioGateway, request, gateway, to);
}

function atListener(cluster: Cluster, gateway: GatewayProxy, { host, port }: HostTarget): Entrance | undefined {
  const open = listenersOf(cluster, gateway).filter((one) => one.port === port && hostMatches(one.hostname ?? '*', host));
  const [listener] = [...open].sort((a, b) => (b.hostname ?? '').length - (a.hostname ?? '').length);
  if (!listener) return undefined;
  const { protocol, wantsCertificate } = listener;
  const readsRequests = !BYTES.includes(protocol);
  const table = readsRequests ? gatewayRouteTable(cluster, gateway, host, port) : listenerBytes(cluster, gateway, listener, host);
  return { scheme: protocol === 'HTTPS' ? 'https' : 'http', readsRequests, wantsCertificate, table };
}

const BYTES: readonly Listener['protocol'][] = ['TCP', 'TLS'];

function atServer(cluster: Cluster, gateway: IstioGateway, request: Request, pod: Speaker, to: HostTarget): Entrance | undefined {
  const open = gateway.servers.filter((server) => server.port === to.port && isOpenFor(server, to.host));
  const [server] = [...open].sort((a, b) => closeness(b, to.host) - closeness(a, to.host));
  if (!server) return undefined;
  const readsRequests = isForRequests(server);
  const reader = { proxy: pod, gateway: gateway.key, port: to.port };
  // Servers of plain requests on one port are one to who routes there.
  const taking = readsRequests && !server.isTls ? open : [server];
  const table = readsRequests ? requestTable(cluster, taking, reader, to.host) : serverBytes(cluster, server, reader, to.host);
  return {
    scheme: server.isTls ? 'https' : 'http',
    readsRequests,
    wantsCertificate: server.mode === 'MUTUAL',
    table,
    refusal: redirectOf(gateway, server, request, to),
  };
}

const isForRequests = (server: IstioServer): boolean =>
  isHttpProtocol(server.protocol) || (server.protocol.toUpperCase() === 'HTTPS' && !passesTls(server));

/** Bytes name no host. */
function isOpenFor(server: IstioServer, host: string): boolean {
  return (!server.isTls && !isForRequests(server)) || server.hosts.some((one) => hostMatches(one, host));
}

function closeness({ hosts }: IstioServer, host: string): number {
  const named = hosts.filter((one) => hostMatches(one, host));
  return Math.max(0, ...named.map((one) => (one.startsWith('*') ? one.length : Infinity)));
}

function requestTable(cluster: Cluster, servers: readonly IstioServer[], reader: Reader, host: string): RouteTable | undefined {
  const isTaken = (one: VirtualService) =>
    servers.some((server) => takesFor(server, one, host)) && isExportedTo(one, reader.proxy.namespaceName);
  const table = virtualServiceTable(cluster, host, reader, isTaken);
  return table.rules.length > 0 || table.unknown !== undefined ? table : undefined;
}

/** A server that sends all plain requests on to HTTPS. */
function redirectOf({ object }: IstioGateway, server: IstioServer, { path = '/' }: Request, { host }: HostTarget): Refusal | undefined {
  if (!server.redirects || server.isTls) return undefined;
  return { layer: 'routing', by: titleOf(object), object, answer: { status: 301, location: `https://${host}${path}` } };
}

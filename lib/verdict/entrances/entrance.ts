import type { Cluster } from '../../cluster/cluster';
import { titleOf } from '../../cluster/objects/manifest-object';
import { type IstioGateway, type IstioServer, tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { isHttpProtocol } from '../../cluster/services/protocols';
import { type GatewayProxy, type Listener, listenersOf, tryGateway } from '../../cluster/workloads/gateways';
import type { Pod } from '../../cluster/workloads/workloads';
import { gatewayRouteTable } from '../routes/http-route-rules';
import { listenerBytes, passesTls, serverBytes } from '../routes/gateway-bytes';
import type { RouteTable } from '../routes/route-table';
import { type Opening, serverRoutes } from '../routes/server-routes';
import { closestTo } from '../routes/virtual-hosts';
import type { Speaker } from '../requests/callers';
import type { HostTarget, Request } from '../requests/request';
import type { Refusal } from '../travel/plan';

/** A port of a gateway, as who asks for a host there finds it. */
export interface Entrance {
  readonly scheme: 'http' | 'https';
  /** Else it hands on bytes. */
  readonly readsRequests: boolean;
  readonly wantsCertificate: boolean;
  /** Of the mesh's own: who comes from elsewhere has none. */
  readonly isForMesh?: boolean;
  /** TLS goes on as it came. */
  readonly passesTls?: boolean;
  /** Undefined where nothing is bound to it. */
  readonly table?: RouteTable;
  /** What is answered before any route is asked. */
  readonly refusal?: Refusal;
}

/** What a client asks for: its path, by which it may be sent elsewhere, and the server that its TLS names, where that is another one. */
export interface Asked extends Pick<Request, 'path'> {
  readonly host: string;
  readonly sni?: string;
}

/** The listener of a Kubernetes Gateway, or the server of an Istio Gateway, that names the host most closely. */
export function entranceAt(cluster: Cluster, request: Request, gateway: Speaker, to: HostTarget): Entrance | undefined {
  const asked = { ...to, path: request.path };
  const kubernetesGateway = tryGateway(cluster, gateway.key);
  if (kubernetesGateway && kubernetesGateway === gateway) {
    const listeners = listenersOf(cluster, kubernetesGateway).filter((one) => one.port === to.port);
    return atListeners(cluster, kubernetesGateway, listeners, asked);
  }
  const istioGateway = tryIstioGateway(cluster, 'gateway' in request.from ? request.from.gateway : '');
  const servers = istioGateway?.servers.filter((server) => server.port === to.port) ?? [];
  return (
    istioGateway &&
    atServers(
      cluster,
      servers.map((server) => ({ gateway: istioGateway, server })),
      gateway,
      asked,
    )
  );
}

/** Of listeners on one port. Those of plain requests are one to who routes there, whatever host is asked for. */
export function atListeners(
  cluster: Cluster,
  gateway: GatewayProxy,
  listeners: readonly Listener[],
  { host, sni = host }: Asked,
): Entrance | undefined {
  if (listeners.some(({ protocol }) => protocol === 'HTTP')) {
    const table = gatewayRouteTable(cluster, gateway, listeners, host);
    return { scheme: 'http', readsRequests: true, wantsCertificate: false, table };
  }
  const [listener] = closestTo(sni, listeners, ({ hostname = '*' }) => [hostname]);
  if (!listener) return undefined;
  const { protocol, wantsCertificate, isForMesh, passesTls: isPassed } = listener;
  const readsRequests = !BYTES.includes(protocol);
  const table = readsRequests ? gatewayRouteTable(cluster, gateway, [listener], host) : listenerBytes(cluster, gateway, listener, sni);
  return { scheme: protocol === 'HTTPS' ? 'https' : 'http', readsRequests, wantsCertificate, isForMesh, passesTls: isPassed, table };
}

const BYTES: readonly Listener['protocol'][] = ['TCP', 'TLS'];

/** Of servers on one port; the same holds for those. */
export function atServers(cluster: Cluster, openings: readonly Opening[], pod: Pod, asked: Asked): Entrance | undefined {
  const plain = openings.filter(({ server }) => !server.isTls && isForRequests(server));
  if (plain.length > 0) {
    const { table, redirecting } = serverRoutes(cluster, plain, pod, asked.host);
    const refusal = redirecting && redirectOf(redirecting, asked);
    return { scheme: 'http', readsRequests: true, wantsCertificate: false, table, refusal };
  }
  const { host, sni = host } = asked;
  // Bytes name no host.
  const [opening] = closestTo(sni, openings, ({ server }) => (server.isTls ? server.hosts : ['*']));
  return opening && atServer(cluster, opening, pod, { host, sni });
}

function atServer(cluster: Cluster, opening: Opening, proxy: Pod, { host, sni }: Required<Pick<Asked, 'host' | 'sni'>>): Entrance {
  const { gateway, server } = opening;
  const readsRequests = isForRequests(server);
  const reader = { proxy, gateway: gateway.key, port: server.port ?? 0 };
  return {
    scheme: server.isTls ? 'https' : 'http',
    readsRequests,
    wantsCertificate: server.mode === 'MUTUAL',
    isForMesh: server.mode === 'ISTIO_MUTUAL',
    passesTls: passesTls(server),
    table: readsRequests ? serverRoutes(cluster, [opening], proxy, host).table : serverBytes(cluster, server, reader, sni),
  };
}

export const isForRequests = (server: IstioServer): boolean =>
  isHttpProtocol(server.protocol) || (server.protocol.toUpperCase() === 'HTTPS' && !passesTls(server));

/** A server that sends all plain requests on to HTTPS. */
function redirectOf({ object }: IstioGateway, { host, path = '/' }: Asked): Refusal {
  return { layer: 'routing', by: titleOf(object), object, answer: { status: 301, location: `https://${host}${path}` } };
}

import type { Cluster } from '../../cluster/cluster';
import { mtlsInNamespace, mtlsOf } from '../../cluster/policies/mtls-settings';
import { podsBehind, servedPorts } from '../../cluster/services/endpoints';
import type { MeshService } from '../../cluster/services/services';
import type { GatewayProxy } from '../../cluster/workloads/gateways';
import { takesPort } from '../../cluster/workloads/inbound-ports';
import type { Pod } from '../../cluster/workloads/workloads';
import { HBONE, OFFERED_BY_PROXY } from '../../istio/ports';
import type { Enforcer } from '../decision/enforcer';
import type { NetworkEnd } from '../decision/network';
import type { SentWords } from '../routes/sent-words';
import type { Speaker } from '../requests/callers';

/** One connection of a journey: who connects to whom, who decides there, and what that one knows. */
export interface Hop {
  readonly source: HopSource;
  readonly target: NetworkEnd;
  /** The other side by name: `waypoint shop/waypoint`, `sidecar shop/cart-v1`, or an address. */
  readonly at: string;
  /** The port on the wire, which is all that the network layer sees. */
  readonly wirePort: number;
  /** The port as the enforcer knows it. */
  readonly port: number;
  /** The identity that the source proves; undefined on plaintext. */
  readonly principal?: string;
  /** Undefined where nobody on the other side is in the mesh. */
  readonly enforcer?: Enforcer;
  readonly isHttp: boolean;
  /** Of the request, where a proxy before it has changed some. */
  readonly sent?: SentWords;
  /** The server that is asked for in mutual TLS with a gateway. */
  readonly sni?: string;
  /** The address from which the request came to the gateway that has sent it on. */
  readonly cameFrom?: string;
}

/** Where a connection comes from: a pod, an address, or an identity that could be anywhere. */
export type HopSource = NetworkEnd & Pick<Speaker, 'isBodiless'> & Partial<Pick<Speaker, 'proxy'>>;

/** What is known of a connection before it is made. */
export interface HopOptions {
  readonly isPlaintext?: boolean;
  /** Whether mutual TLS of the mesh is spoken beside tunnels; as the other side takes it where nobody says. */
  readonly isMutual?: boolean;
}

/** To a pod. Tunnels end at 15008 whatever port is meant; a sidecar is spoken to on the port itself by all but ztunnel and waypoints, a gateway by everybody. */
export function hopToPod(cluster: Cluster, source: Speaker, pod: Pod, port: number, options: HopOptions = {}): Hop {
  const isTunnel = !options.isPlaintext && tunnels(source, pod);
  const isMutual = !options.isPlaintext && !isTunnel && (options.isMutual ?? speaksMutualTls(cluster, source, pod, port));
  return {
    source,
    target: pod,
    at: nameOf(pod),
    wirePort: isTunnel ? HBONE : port,
    port,
    principal: isTunnel || isMutual ? source.principal : undefined,
    enforcer: pod.proxy.isInMesh && (isTunnel || isTaken(pod, port)) ? { pod } : undefined,
    isHttp: pod.proxy.readsHttp && speaksHttp(cluster, pod, port),
  };
}

/**
 * To a pod that a sidecar knows by its address alone, for its Service is headless: it speaks mutual TLS where all pods of the Service have sidecars and the namespace takes it,
 * whatever is said of some pods, and plaintext to ztunnel, as nothing tells it that there is a tunnel.
 */
export function hopToAddress(cluster: Cluster, sidecar: Speaker, service: MeshService, pod: Pod, port: number, isDemanded = false): Hop {
  const takeIt = [pod, ...podsBehind(cluster, service)].every(({ proxy }) => proxy.takesMutualTls);
  const isMutual = isDemanded || (takeIt && mtlsInNamespace(cluster, service.namespaceName).mode !== 'DISABLE');
  return hopToPod(cluster, sidecar, pod, port, { isPlaintext: !isMutual, isMutual });
}

// What the sidecar itself offers is no business of its own listener.
function isTaken({ proxy, inbound }: Pod, port: number): boolean {
  return takesPort(inbound, port) && !(proxy.routesForPods && OFFERED_BY_PROXY.includes(port));
}

/** How trails and legs name a pod: by who speaks for it. */
export function nameOf({ proxy, key }: Pod): string {
  return `${proxy.isInMesh ? proxy.name : 'pod'} ${key}`;
}

/** To a waypoint, which knows the port of the service that was called. */
export function hopToWaypoint(
  source: Speaker,
  waypoint: GatewayProxy,
  service: MeshService | undefined,
  port: number,
  isHttp: boolean,
): Hop {
  return {
    source,
    target: waypoint,
    at: nameOf(waypoint),
    wirePort: HBONE,
    port,
    principal: source.principal,
    enforcer: { pod: waypoint, service },
    isHttp,
  };
}

/** Out of the mesh, where the network is the only one to be asked; by the name that was called, where the address is made up. */
export function hopOutside(source: HopSource, target: NetworkEnd, port: number, name = target.address): Hop {
  return { source, target, at: name, wirePort: port, port, isHttp: false };
}

/** Whether one of the mesh reaches the other on 15008, whatever port it means. */
export function tunnels({ proxy: source }: Pick<Pod, 'proxy'>, { proxy: target }: Pick<Pod, 'proxy'>): boolean {
  return target.takesTunnels && (source.tunnelsToAll || (source.speaksMutualTls && !target.takesMutualTls));
}

/** Between Envoys, unless the other side takes plaintext only. */
function speaksMutualTls(cluster: Cluster, source: Speaker, pod: Pod, port: number): boolean {
  return source.proxy.speaksMutualTls && pod.proxy.takesMutualTls && mtlsOf(cluster, pod, port).mode !== 'DISABLE';
}

/** As the Services over the pod say; a port of no Service is sniffed. */
function speaksHttp(cluster: Cluster, pod: Pod, port: number): boolean {
  const ports = servedPorts(cluster, pod).filter(({ number }) => number === port);
  return ports.length === 0 || ports.some(({ isHttp }) => isHttp);
}

import type { Enforcer } from './authorization';
import type { Speaker } from './callers';
import type { Cluster } from './cluster';
import type { GatewayProxy } from './gateways';
import type { NetworkEnd } from './network';
import { peerModeOf } from './peer-authentication';
import { type MeshService, podPort, podsOf } from './services';
import type { Pod } from './workloads';

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
}

/** Where a connection comes from: a pod, an address, or an identity that could be anywhere. */
export type HopSource = NetworkEnd & Pick<Speaker, 'isBodiless'>;

export const HBONE_PORT = 15008;

/** To a pod. Tunnels end at 15008 whatever port is meant; a sidecar is spoken to on the port itself by all but ztunnel and waypoints. */
export function hopToPod(cluster: Cluster, source: Speaker, pod: Pod, port: number, options: { readonly isPlaintext?: boolean } = {}): Hop {
  const isTunnel = !options.isPlaintext && tunnels(source, pod);
  const isMutual = !options.isPlaintext && !isTunnel && speaksMutualTls(cluster, source, pod, port);
  return {
    source,
    target: pod,
    at: `${pod.proxy === 'none' ? 'pod' : pod.proxy} ${pod.key}`,
    wirePort: isTunnel ? HBONE_PORT : port,
    port,
    principal: isTunnel || isMutual ? source.principal : undefined,
    enforcer: pod.proxy === 'none' ? undefined : { pod },
    isHttp: pod.proxy === 'sidecar' && speaksHttp(cluster, pod, port),
  };
}

/** To a waypoint, which knows the port of the service that was called. */
export const hopToWaypoint = (
  source: Speaker,
  waypoint: GatewayProxy,
  service: MeshService | undefined,
  port: number,
  isHttp: boolean,
): Hop => ({
  source,
  target: waypoint,
  at: `waypoint ${waypoint.key}`,
  wirePort: HBONE_PORT,
  port,
  principal: source.principal,
  enforcer: { pod: waypoint, service },
  isHttp,
});

/** Out of the mesh, where the network is the only one to be asked. */
export const hopOutside = (source: HopSource, target: NetworkEnd, port: number): Hop => ({
  source,
  target,
  at: target.address,
  wirePort: port,
  port,
  isHttp: false,
});

const tunnels = (source: Speaker, pod: Pod): boolean =>
  source.proxy === 'ztunnel' || source.proxy === 'waypoint'
    ? pod.proxy !== 'none'
    : (source.proxy === 'sidecar' || source.proxy === 'gateway') && pod.proxy === 'ztunnel';

/** Between Envoys, unless the other side takes plaintext only. */
const speaksMutualTls = (cluster: Cluster, source: Speaker, pod: Pod, port: number): boolean =>
  (source.proxy === 'sidecar' || source.proxy === 'gateway') &&
  pod.proxy === 'sidecar' &&
  peerModeOf(cluster, pod, port).mode !== 'DISABLE';

/** As the Services over the pod say; a port of no Service is sniffed. */
function speaksHttp(cluster: Cluster, pod: Pod, port: number): boolean {
  const over = cluster.services.filter((service) => podsOf(service, cluster.workloads).includes(pod));
  const ports = over.flatMap((service) => service.ports).filter((one) => podPort(one, pod) === port);
  return ports.length === 0 || ports.some((one) => one.isHttp);
}

import type { DataPlaneMode } from '../../model/namespace-facts';

export type ProxyName = 'sidecar' | 'ztunnel' | 'gateway' | 'waypoint' | 'none';

/** How a policy names whom it is for: pods by their labels, or a target by its name. */
export type AttachedBy = 'selector' | 'target' | 'either';

/** Who speaks for a pod on the wire, and what follows from it; nobody else asks which one it is. */
export interface Proxy {
  /** For messages. */
  readonly name: ProxyName;
  /** Proves who its pod is, and asks who comes. */
  readonly isInMesh: boolean;
  readonly readsHttp: boolean;
  /** Lets others in on the pods' behalf, so that plaintext is its business. */
  readonly standsBeforePods: boolean;
  /** Is told by istiod of every host and its routes, as far as a Sidecar object lets it. */
  readonly routesForPods: boolean;
  /** Routes for callers of whom it knows nothing but their names. */
  readonly routesForOthers: boolean;
  /** Sends what goes to a Service through its waypoint. */
  readonly passesWaypoints: boolean;
  /** Reaches everybody in the mesh through a tunnel; else only who takes nothing but tunnels. */
  readonly tunnelsToAll: boolean;
  /** Speaks mutual TLS without a tunnel, to who takes that. */
  readonly speaksMutualTls: boolean;
  readonly takesMutualTls: boolean;
  /** Ends tunnels, as far as others are told. */
  readonly takesTunnels: boolean;
  /** Requests come in here that nobody in the cluster made. */
  readonly isDoor: boolean;
  readonly attachedBy: AttachedBy;
}

const NO_PROXY: Proxy = {
  name: 'none',
  isInMesh: false,
  readsHttp: false,
  standsBeforePods: false,
  routesForPods: false,
  routesForOthers: false,
  passesWaypoints: false,
  tunnelsToAll: false,
  speaksMutualTls: false,
  takesMutualTls: false,
  takesTunnels: false,
  isDoor: false,
  attachedBy: 'selector',
};

const IN_MESH: Proxy = { ...NO_PROXY, isInMesh: true, takesTunnels: true };

export const PROXIES: Readonly<Record<ProxyName, Proxy>> = {
  none: NO_PROXY,
  ztunnel: { ...IN_MESH, name: 'ztunnel', standsBeforePods: true, passesWaypoints: true, tunnelsToAll: true },
  sidecar: {
    ...IN_MESH,
    name: 'sidecar',
    readsHttp: true,
    standsBeforePods: true,
    routesForPods: true,
    speaksMutualTls: true,
    takesMutualTls: true,
  },
  gateway: { ...IN_MESH, name: 'gateway', readsHttp: true, speaksMutualTls: true, takesTunnels: false, isDoor: true, attachedBy: 'either' },
  waypoint: { ...IN_MESH, name: 'waypoint', readsHttp: true, routesForOthers: true, tunnelsToAll: true, attachedBy: 'target' },
};

const MODES: Partial<Readonly<Record<ProxyName, DataPlaneMode>>> = { sidecar: 'sidecar', ztunnel: 'ambient' };

/** The data plane of pods in the words of a program; none outside the mesh. */
export function planeOfProxy({ name }: Proxy): DataPlaneMode | undefined {
  return MODES[name];
}

import type { Address } from './answer';

export interface ClusterOfMesh {
  readonly name: string;
  readonly network?: string;
  /** Where other networks reach its gateway between networks, in ambient mode. */
  readonly gateway?: string;
  readonly manifests: readonly object[];
}

/** A mesh of several clusters, and whose sidecar, or which waypoint, is asked for which host. */
export interface SeveralClusters {
  readonly clusters: readonly ClusterOfMesh[];
  /** Name of the cluster of the workload, whose istiod tells its sidecar. */
  readonly cluster: string;
  /** `namespace/name`. */
  readonly workload: string;
  readonly host: string;
  readonly port: number;
}

/** A pod, or the gateway before pods of another network. */
export interface EndpointOfMesh extends Address {
  readonly network?: string;
  /** Those of the next one get what is left when all of one fail; absent for 0. */
  readonly priority?: number;
}

/** How pods in ambient mode reach a host of the mesh. */
export interface Tunnels {
  /** What the istiod of a cluster tells its ztunnels of it. */
  readonly told: {
    readonly known: boolean;
    readonly waypoint?: string;
    /** What has to be alike of a caller and a pod, the most important first. */
    readonly preferences?: readonly string[];
    readonly behind?: readonly Behind[];
  };
  /** What the gateway between networks of that cluster does with what comes in for it; nothing where it does not take that. */
  readonly ways: readonly Way[] | null;
}

/** A pod, or all pods of another network behind its gateway. */
export interface Behind {
  readonly address?: string;
  readonly network: string;
  readonly gateway?: string;
  readonly pods?: number;
  readonly tunnel: boolean;
}

export interface Way {
  /** Kind of the proxy that has asked policies before; absent for all others. */
  readonly from?: string;
  /** The host whose pods get it: the service, or its waypoint. */
  readonly to: string;
  readonly pods: readonly string[];
}

import type { Address } from './answer';

/** A mesh of several clusters, and whose sidecar is asked for which host. */
export interface SeveralClusters {
  readonly clusters: ReadonlyArray<{ readonly name: string; readonly network?: string; readonly manifests: readonly object[] }>;
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
}

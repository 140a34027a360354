import type { Token } from './access';
import type { Labels } from './manifest';

/** One request: who sends what to whom. */
export interface Request {
  readonly from: Caller;
  readonly to: Target;
  /** @default GET */
  readonly method?: string;
  /** With its query, if any. @default / */
  readonly path?: string;
  /** Names in lower case. */
  readonly headers?: Labels;
  readonly token?: Token;
}

export type Caller = WorkloadCaller | GatewayCaller | PodCaller | IdentityCaller;

/** A workload of the manifests, `namespace/name`. */
export interface WorkloadCaller {
  readonly workload: string;
}

/** Somebody outside, through the gateway `namespace/name`; or, to a host that its routes do not know, the gateway's own proxy. */
export interface GatewayCaller {
  readonly gateway: string;
}

/** A pod that the manifests do not have; outside the mesh unless it says otherwise. */
export interface PodCaller {
  readonly pod: {
    readonly namespace: string;
    readonly labels?: Labels;
    /** @default none */
    readonly proxy?: 'sidecar' | 'ztunnel' | 'none';
    /** @default default */
    readonly serviceAccount?: string;
  };
}

/** A proven identity, wherever its pod may be: the network layer and `Sidecar` scopes are not asked about it. */
export interface IdentityCaller {
  readonly identity: { readonly namespace: string; readonly serviceAccount: string; readonly proxy: 'sidecar' | 'ztunnel' };
}

export type Target = HostTarget | PodTarget | AddressTarget;

/** A name and the port of the Service or ServiceEntry behind it. */
export interface HostTarget {
  readonly host: string;
  readonly port: number;
}

/** The address of a workload's pod, dialled without its Service, and the pod's port. */
export interface PodTarget {
  readonly podOf: string;
  readonly port: number;
}

/** An address outside the cluster, dialled without a name. */
export interface AddressTarget {
  readonly address: string;
  readonly port: number;
}

/** The request line with what was left out. */
export const lineOf = (request: Request) => ({
  method: request.method ?? 'GET',
  path: request.path ?? '/',
  headers: request.headers ?? {},
});

export type RequestLine = ReturnType<typeof lineOf>;

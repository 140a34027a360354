/** What istiod's configuration makes of one request. */
export interface Answer {
  /** Whether every way that requests of this kind take ends in an open door. */
  readonly allowed: boolean;
  /** Who decided: an object such as `AuthorizationPolicy shop/cart`, several where none of them allowed, else the part of a proxy's configuration. */
  readonly by: string;
  readonly layer: AnswerLayer;
  /** The proxies that routed, in order: the caller's sidecar, a gateway, a waypoint. */
  readonly legs: readonly Leg[];
  /** Where requests end, with the weight of each in percent. */
  readonly ways: readonly Way[];
  /** Limits that requests meet on their way, in order; those that they are not about are left out. */
  readonly limits?: readonly MetLimit[];
}

/** A limit of requests, and the proxy that holds it. */
export interface MetLimit {
  /** `sidecar shop/cart-v1`, `gateway edge/gateway`. */
  readonly at: string;
  readonly name: string;
  /** Whose count it is: `match=yes, x-user=alice`; absent where all share one. */
  readonly of?: string;
  readonly requests?: number;
  readonly per?: string;
  readonly burst?: number;
  /** Percent of the requests too many that are refused. */
  readonly enforced?: number;
  readonly status?: number;
  /** The cluster of the service that counts, and its set of rules. */
  readonly limiter?: string;
  readonly domain?: string;
  readonly failsClosed?: boolean;
  /** Of the body. */
  readonly maxBytes?: number;
}

/** `none`: nothing was asked on the way, or nothing had a say; `network` says the evaluator alone. */
export type AnswerLayer = 'network' | 'authorization' | 'mtls' | 'scope' | 'routing' | 'none';

export interface Leg {
  /** `sidecar shop/web-v1`, `gateway edge/gateway`, `waypoint shop/waypoint`. */
  readonly at: string;
  /** The object that the route was made from, where istiod says so. */
  readonly by?: string;
  /** The rule in it. */
  readonly rule?: string;
  /** As in `5s`; absent where requests may take as long as they like. */
  readonly timeout?: string;
  readonly retries?: Retries;
  readonly fault?: Fault;
}

/** What a proxy does to requests on purpose; shares are in percent. */
export interface Fault {
  readonly delay?: string;
  readonly delayed?: number;
  readonly status?: number;
  /** As gRPC numbers them: 14 is UNAVAILABLE. */
  readonly grpcStatus?: number;
  readonly aborted?: number;
}

export interface Retries {
  readonly attempts: number;
  readonly perTryTimeout?: string;
  /** Sorted. */
  readonly on: readonly string[];
}

export interface Way {
  /** `namespace/name` of the workload it ends at; absent outside the manifests. */
  readonly workload?: string;
  readonly host: string;
  readonly subset?: string;
  readonly weight: number;
  readonly allowed: boolean;
  readonly by: string;
  readonly layer: AnswerLayer;
  readonly hops: readonly Hop[];
  /** How the last proxy that chose an endpoint treats the workloads behind it. */
  readonly cluster?: Cluster;
}

/** One connection. */
export interface Hop {
  /** The other side: `waypoint shop/waypoint`, `sidecar shop/cart-v1`, `ztunnel shop/cart-v1`, `pod legacy/db`, or an address. */
  readonly at: string;
  readonly transport: 'HBONE' | 'mTLS' | 'plaintext';
  /** The identity that the other side sees; absent on plaintext. */
  readonly principal?: string;
  readonly allowed: boolean;
  /** The policy that let it in or kept it out. */
  readonly by?: string;
}

export interface Cluster {
  readonly name: string;
  readonly connectTimeout?: string;
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxRequests?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly outlierDetection?: OutlierDetection;
}

export interface OutlierDetection {
  readonly consecutive5xxErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly interval?: string;
  readonly baseEjectionTime?: string;
  readonly maxEjectionPercent?: number;
}

/** Who handles the traffic of a workload once Istio's injector and its CNI agent have seen its pods. */
export interface PlaneAnswer {
  /** `namespace/name`. */
  readonly workload: string;
  readonly proxy: 'sidecar' | 'ztunnel' | 'gateway' | 'waypoint' | 'none';
}

/** What one of the judges (schemas, webhook, analyzers) says about an object. */
export interface Finding {
  readonly file: string;
  readonly object: string;
  readonly code: string;
  readonly level: 'error' | 'warning' | 'info';
  readonly text: string;
}

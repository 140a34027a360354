import type { Caller } from '../../lib/verdict/requests/request';

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
  /** Where copies of the request end, with the share of each in percent of the requests; absent where nobody makes any. */
  readonly copies?: readonly Way[];
  /** Limits that requests meet on their way, in order; those that they are not about are left out. */
  readonly limits?: readonly MetLimit[];
  /** Authorizers outside the proxies that are asked on the way; each is taken to agree. */
  readonly asks?: readonly Asked[];
  /** What policies note that decide nothing: AUDIT, and dry runs. */
  readonly would?: readonly Noted[];
}

/** What a policy notes of a request, and the proxy at which it does. */
export interface Noted {
  readonly at: string;
  readonly effect: 'allow' | 'deny' | 'audit';
  /** The policy that matched, or, where none that would allow did, all of them. */
  readonly by: string;
}

/** An authorizer, by the name of its provider, and the proxy that asks it. */
export interface Asked {
  readonly at: string;
  readonly provider: string;
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
  /** What requests that go to one endpoint have in common: `header x-user`. */
  readonly hash?: string;
  /** The protocol that the request asks for in place of HTTP, where the proxy lets it go over to that. */
  readonly upgrade?: string;
  readonly shape?: Shape;
}

/** What becomes of a request and its answer besides where it goes. */
export interface Shape {
  /** Path, with its query, and host of the request that is sent on, where they are others. */
  readonly path?: string;
  readonly authority?: string;
  /** In the order in which they are made: `set a: b`, `add a: b`, `remove a`. */
  readonly requestHeaders?: readonly string[];
  readonly responseHeaders?: readonly string[];
  /** Of the proxy's own answer. */
  readonly status?: number;
  readonly location?: string;
  readonly body?: string;
  readonly cors?: Cors;
}

/** What a browser is told whose page is of another site. */
export interface Cors {
  readonly allowed: boolean;
  /** The proxy itself answers what a browser asks beforehand. */
  readonly answered?: boolean;
  readonly methods?: string;
  readonly headers?: string;
  readonly exposeHeaders?: string;
  readonly credentials?: boolean;
  readonly maxAge?: string;
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
  readonly codes?: readonly number[];
  readonly backoff?: string;
  /** Each try goes to an endpoint that was not tried before. */
  readonly otherHosts?: boolean;
  readonly otherLocalities?: boolean;
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
  readonly retryBudget?: { readonly percent: number; readonly minConcurrency: number; readonly interval?: string };
  readonly idleTimeout?: string;
  readonly maxConnectionDuration?: string;
  /** In seconds. */
  readonly tcpKeepalive?: { readonly probes?: number; readonly time?: number; readonly interval?: number };
  /** HTTP/2 is spoken, whatever the client speaks. */
  readonly http2?: { readonly maxConcurrentStreams?: number; readonly pingInterval?: string; readonly pingTimeout?: string };
  readonly usesClientProtocol?: boolean;
  readonly outlierDetection?: OutlierDetection;
  readonly minHealthPercent?: number;
  /** As Envoy calls it; absent where it is istiod's own, the least requests. */
  readonly loadBalancer?: string;
  readonly slowStart?: { readonly window: string; readonly aggression: number; readonly minWeightPercent: number };
  /** Endpoints are weighted by their locality. */
  readonly byLocality?: boolean;
}

export interface OutlierDetection {
  readonly consecutive5xxErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutiveLocalOriginFailures?: number;
  readonly interval?: string;
  readonly baseEjectionTime?: string;
  readonly maxEjectionPercent?: number;
}

/** Who handles the traffic of a workload once Istio's injector and its CNI agent have seen its pods. */
export interface PlaneAnswer {
  /** `namespace/name`. */
  readonly workload: string;
  readonly proxy: 'sidecar' | 'ztunnel' | 'gateway' | 'waypoint' | 'none';
  /** When its sidecar comes up: as a sidecar container of Kubernetes, or first or last among the containers; absent without one. */
  readonly start?: 'native' | 'first' | 'last';
}

/** Whose proxy is asked for, and for which requests: it sends them where it is the caller's own, else it receives them. */
export interface ProxyQuestion {
  /** `namespace/name` of the workload that it stands beside, or of the Gateway that it is. */
  readonly proxy: string;
  readonly from: Caller;
  readonly host: string;
  readonly port: number;
}

/** What a plain Envoy starts from to be that proxy. */
export interface Bootstrap {
  /** Its listener wants the header of the PROXY protocol, and its clusters name pods by their addresses. */
  readonly config: object;
  /** The two ends of a connection that it takes. */
  readonly from: Address;
  readonly to: Address;
  readonly pods: readonly PodAddress[];
  /** Types of what the configuration had and a plain Envoy has not. */
  readonly leftOut: readonly string[];
}

export interface Address {
  readonly address: string;
  readonly port: number;
}

export interface PodAddress extends Address {
  readonly workload: string;
}

/** What one filter chain of a proxy tells of what it takes, in Envoy's words. */
export interface Observed {
  readonly listener: string;
  readonly chain: string;
  readonly tracing?: object;
  readonly accessLogs?: readonly object[];
  readonly stats?: readonly object[];
}

/** What one of the judges (schemas, webhook, analyzers) says about an object. */
export interface Finding {
  readonly file: string;
  readonly object: string;
  readonly code: string;
  readonly level: 'error' | 'warning' | 'info';
  readonly text: string;
}

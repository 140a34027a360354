/** `attempts` counts retries: 1 + attempts requests at most. */
export interface Retries {
  readonly attempts: number;
  readonly perTryTimeoutMs?: number;
  /** Words of Envoy's, and statuses of answers. */
  readonly conditions: readonly string[];
  readonly idempotent: boolean;
  readonly backoffMs?: number;
  readonly ignorePreviousHosts?: boolean;
  readonly remoteLocalities?: boolean;
}

/** How many of the requests at a time may be retries. */
export interface RetryBudgetFacts {
  readonly percent?: number;
  readonly minConcurrency?: number;
  readonly intervalMs?: number;
}

/** Limits and ejection, as DestinationRule counts them. */
export interface CircuitBreakerFacts {
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxRequests?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutive5xxErrors?: number;
  readonly intervalMs?: number;
  readonly baseEjectionTimeMs?: number;
  readonly maxEjectionPercent?: number;
  readonly consecutiveLocalOriginFailures?: number;
  readonly minHealthPercent?: number;
  /** Pods that the service has at least, where that is known. */
  readonly pods?: number;
  readonly connectTimeoutMs?: number;
  readonly idleTimeoutMs?: number;
  readonly httpIdleTimeoutMs?: number;
  readonly maxConnectionDurationMs?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly maxConcurrentStreams?: number;
  readonly tcpKeepalive?: { readonly probes?: number; readonly idleMs?: number; readonly intervalMs?: number };
  readonly http2Keepalive?: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly upstreamProtocol?: 'HTTP2' | 'AS_DECLARED' | 'AS_CALLER';
}

/** What requests that go to one pod have in common; the caller's address where nothing is said. */
export interface HashFacts {
  readonly header?: string;
  readonly queryParam?: string;
  readonly cookie?: { readonly name: string; readonly ttlMs?: number; readonly path?: string };
}

/** Which zones get the requests of which callers. */
export interface LocalityFacts {
  readonly enabled: boolean;
  readonly failover?: ReadonlyArray<{ readonly from: string; readonly to: string }>;
  readonly failoverPriority?: readonly string[];
  readonly distribute?: ReadonlyArray<{ readonly from: string; readonly to: Readonly<Record<string, number>> }>;
}

/** Which pod gets a request. */
export interface LoadBalancingFacts {
  readonly simple?: 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'RANDOM';
  readonly hash?: HashFacts;
  readonly warmup?: { readonly ms: number; readonly minimumPercent?: number; readonly aggression?: number };
  readonly locality?: LocalityFacts;
}

/** What goes wrong on purpose, each part for its own share of the requests, in percent. */
export interface FaultFacts {
  readonly delay?: { readonly ms: number; readonly percentage: number };
  /** One of the two statuses is there. */
  readonly abort?: { readonly httpStatus?: number; readonly grpcStatus?: string; readonly percentage: number };
}

/** Where copies of requests go, whose answers nobody waits for: to a version of the service, or to another service. */
export interface MirrorFacts {
  readonly version?: string;
  readonly other?: MirroredService;
  /** Share of the requests, in percent. */
  readonly percentage: number;
}

export interface MirroredService {
  readonly key: string;
  readonly host: string;
  readonly name: string;
  readonly namespaceName: string;
  readonly port: number;
}

/** A new path: in place of what the match of a route names, or of the whole. Queries stay. */
export interface PathChange {
  readonly replaces: 'matched' | 'whole';
  readonly value: string;
}

/** A change of paths that begin with `of`, or of one path alone: only a whole one is left there. */
export type LocalChange = { readonly whole: string } | { readonly of: string; readonly to: string };

/** What one match of a route does to the paths of requests that have it. */
export interface PathRule {
  readonly at: { readonly type: 'Exact' | 'PathPrefix'; readonly value: string };
  /** Something besides the path is asked as well: of requests with such a path only some are meant. */
  readonly isConditional: boolean;
  /** Absent where they stay as they are. */
  readonly change?: LocalChange;
}

/** Other words in which a request is sent on; one of the two is there. */
export interface RewriteFacts {
  readonly path?: PathChange;
  readonly authority?: string;
}

/** An answer that sends the client elsewhere. */
export interface RedirectFacts {
  readonly statusCode: number;
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: PathChange;
}

/** Headers by their names, in small letters. */
export interface HeaderFacts {
  readonly set: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Which pages of other sites may ask, in the words of the Gateway API. */
export interface CorsFacts {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number;
}

/** An answer in place of the service's. */
export interface DirectResponseFacts {
  readonly status: number;
  readonly body?: string;
}

/** What is done with requests besides choosing a version for them; lib/planes/features describes each. */
export interface RouteFeatures {
  readonly timeoutMs?: number;
  readonly retries?: Retries;
  readonly retryBudget?: RetryBudgetFacts;
  readonly circuitBreaker?: CircuitBreakerFacts;
  readonly loadBalancing?: LoadBalancingFacts;
  readonly fault?: FaultFacts;
  readonly mirror?: MirrorFacts;
  readonly rewrite?: RewriteFacts;
  readonly redirect?: RedirectFacts;
  readonly requestHeaders?: HeaderFacts;
  readonly responseHeaders?: HeaderFacts;
  readonly cors?: CorsFacts;
  readonly directResponse?: DirectResponseFacts;
}

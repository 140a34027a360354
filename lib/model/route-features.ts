/** `attempts` counts retries: 1 + attempts requests at most. */
export interface Retries {
  readonly attempts: number;
  readonly perTryTimeoutMs?: number;
  readonly conditions: readonly string[];
  readonly idempotent: boolean;
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

/** What is done with requests besides choosing a version for them; lib/planes/features describes each. */
export interface RouteFeatures {
  readonly timeoutMs?: number;
  readonly retries?: Retries;
  readonly circuitBreaker?: CircuitBreakerFacts;
  readonly fault?: FaultFacts;
  readonly mirror?: MirrorFacts;
}

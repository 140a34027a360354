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
  readonly circuitBreaker?: CircuitBreakerFacts;
  readonly fault?: FaultFacts;
  readonly mirror?: MirrorFacts;
  readonly rewrite?: RewriteFacts;
  readonly redirect?: RedirectFacts;
  readonly requestHeaders?: HeaderFacts;
  readonly responseHeaders?: HeaderFacts;
  readonly cors?: CorsFacts;
  readonly directResponse?: DirectResponseFacts;
}

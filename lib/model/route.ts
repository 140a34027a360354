import type { Declared } from './declared';
import type { Party } from './party';

export interface HeaderTest {
  readonly name: string;
  readonly type: 'Exact' | 'RegularExpression';
  readonly value: string;
}

/** What a request must look like; all parts have to hold. */
export interface RouteMatch {
  readonly headers: readonly HeaderTest[];
  readonly queryParams: readonly HeaderTest[];
  readonly path?: { readonly type: 'Exact' | 'PathPrefix'; readonly value: string };
}

export interface WeightedVersion {
  readonly version: string;
  readonly weight: number;
}

/** Requests that match go to these versions; no match means all that is left. */
export interface RouteRule {
  readonly name: string;
  readonly matches: readonly RouteMatch[];
  readonly backends: readonly WeightedVersion[];
}

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

/** All that shapes the traffic of one service; rendered once, by one router. */
export interface RouteTable extends Declared {
  readonly service: Party;
  readonly timeoutMs?: number;
  readonly retries?: Retries;
  readonly circuitBreaker?: CircuitBreakerFacts;
  /** Versions that have pods, the stable one first. */
  readonly versions: readonly string[];
  /** Most specific first; empty when nothing tells the versions apart. */
  readonly rules: readonly RouteRule[];
  /** Whoever else moves the weights of the rules, after their first value. */
  readonly weightsOwnedBy?: string;
  /** Router asked for by name. */
  readonly routing?: 'istio' | 'gateway-api';
}

/** A service made reachable through a gateway. */
export interface Exposure extends Declared {
  readonly gateway: Party;
  readonly listener: string;
  readonly service: Party;
  readonly host: string;
  readonly pathPrefix: string;
  readonly port: number;
}

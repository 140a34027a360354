import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { CircuitBreakerFacts, Retries, RouteFeatures } from '../../model/route-features';
import { SAFE_CONDITIONS } from '../../model/retry-safety';
import type { Port } from '../../model/port';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import type { CircuitBreaker } from '../../values/traffic/circuit-breaker';
import type { RetryPolicy } from '../../values/traffic/retry-policy';
import { millisecondsOf } from './milliseconds-of';

/** What may be said of the requests to a service as a whole. */
export interface TrafficOptions {
  readonly timeout?: Duration;
  readonly retries?: RetryPolicy;
  readonly circuitBreaker?: CircuitBreaker;
}

/** All of it as it goes into the service's route table. */
export function routeFeaturesOf(at: IConstruct, ports: readonly Port[], options: TrafficOptions): RouteFeatures {
  requireHttp(at, ports, options);
  return {
    timeoutMs: optional(at, 'timeout', options.timeout),
    retries: retriesOf(at, options.retries),
    circuitBreaker: circuitBreakerOf(at, options.circuitBreaker),
  };
}

/** Timeouts and retries are about requests, which only a proxy that reads HTTP sees. */
function requireHttp(at: IConstruct, ports: readonly Port[], options: TrafficOptions): void {
  const asked = options.timeout ? 'timeout' : options.retries ? 'retries' : undefined;
  if (asked === undefined || ports.some((port) => port.readsHttp)) return;
  throw new MeshError({
    code: 'MESH035',
    at,
    what: `${asked} are about HTTP requests`,
    got: 'a service without an HTTP port',
    fix: `drop ${asked}, or declare a port that speaks HTTP with MeshPort.http, http2 or grpc`,
  });
}

function retriesOf(at: IConstruct, policy: RetryPolicy | undefined): Retries | undefined {
  if (!policy) return undefined;
  if (policy.on?.length === 0) {
    throw new MeshError({
      code: 'MESH017',
      at,
      what: 'retries name at least one condition',
      got: 'on: []',
      fix: 'leave `on` out for the safe ones, or set attempts to 0',
    });
  }
  return {
    attempts: requireCount(at, 'attempts', policy.attempts, 0),
    perTryTimeoutMs: optional(at, 'perTryTimeout', policy.perTryTimeout),
    conditions: policy.on ?? SAFE_CONDITIONS,
    idempotent: policy.idempotent ?? false,
  };
}

const MOST_UINT32 = 2 ** 32 - 1;

function circuitBreakerOf(at: IConstruct, breaker: CircuitBreaker | undefined): CircuitBreakerFacts | undefined {
  if (!breaker) return undefined;
  const count = (what: keyof CircuitBreaker, least: number, most?: number): number | undefined => {
    const value = breaker[what] as number | undefined;
    return value === undefined ? undefined : requireCount(at, what, value, least, most);
  };
  const facts: CircuitBreakerFacts = {
    maxConnections: count('maxConnections', 1),
    maxPendingRequests: count('maxPendingRequests', 1),
    maxRequests: count('maxRequests', 1),
    consecutiveGatewayErrors: count('consecutiveGatewayErrors', 1, MOST_UINT32),
    consecutive5xxErrors: count('consecutiveServerErrors', 1, MOST_UINT32),
    intervalMs: optional(at, 'interval', breaker.interval),
    baseEjectionTimeMs: optional(at, 'baseEjectionTime', breaker.baseEjectionTime),
    maxEjectionPercent: count('maxEjectionPercent', 1, 100),
  };
  requireLimits(at, facts);
  return facts;
}

function optional(at: IConstruct, what: string, duration: Duration | undefined): number | undefined {
  return duration && millisecondsOf(at, what, duration);
}

// A rule that limits nothing, or details of an ejection that never happens, would be emitted for nothing.
function requireLimits(at: IConstruct, facts: CircuitBreakerFacts): void {
  const { maxConnections, maxPendingRequests, maxRequests, consecutiveGatewayErrors, consecutive5xxErrors } = facts;
  const ejects = consecutiveGatewayErrors !== undefined || consecutive5xxErrors !== undefined;
  const details = [facts.intervalMs, facts.baseEjectionTimeMs, facts.maxEjectionPercent].some((detail) => detail !== undefined);
  const limits = [maxConnections, maxPendingRequests, maxRequests].some((limit) => limit !== undefined);
  if (details && !ejects) {
    throw new MeshError({
      code: 'MESH042',
      at,
      what: 'pods are left out after a number of errors',
      got: 'how to leave pods out, but not after how many errors',
      fix: 'set consecutiveGatewayErrors or consecutiveServerErrors',
    });
  }
  if (limits || ejects) return;
  throw new MeshError({
    code: 'MESH018',
    at,
    what: 'a circuit breaker has a limit, or counts errors after which a pod is left out',
    got: '{}',
    fix: 'set consecutiveGatewayErrors or consecutiveServerErrors, or a limit such as maxRequests',
  });
}

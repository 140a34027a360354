import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Port } from '../../model/port';
import type { RouteFeatures } from '../../model/route-features';
import { MeshError } from '../../support/mesh-error';
import type { CircuitBreaker } from '../../values/traffic/circuit-breaker';
import type { LoadBalancing } from '../../values/traffic/load-balancing';
import type { RetryPolicy } from '../../values/traffic/retry-policy';
import type { TrafficDistribution } from '../../values/traffic/traffic-distribution';
import { circuitBreakerOf, withEjection } from './circuit-breaker-of';
import { loadBalancingOf, needsEjection } from './load-balancing-of';
import { optionalMilliseconds } from '../../support/bounds/milliseconds';
import { retriesOf, retryBudgetOf } from './retries-of';

/** What may be said of the requests to a service as a whole. */
export interface TrafficOptions {
  readonly timeout?: Duration;
  readonly retries?: RetryPolicy;
  readonly circuitBreaker?: CircuitBreaker;
  readonly loadBalancing?: LoadBalancing;
  readonly trafficDistribution?: TrafficDistribution;
}

/** All of it as it goes into the service's route table. `pods`: how many the service has at least, where that is known. */
export function routeFeaturesOf(at: IConstruct, ports: readonly Port[], options: TrafficOptions, pods?: number): RouteFeatures {
  requireHttp(at, ports, options);
  requireOneLimit(at, options);
  const loadBalancing = loadBalancingOf(at, options.loadBalancing, ports, options.trafficDistribution);
  const breaker = circuitBreakerOf(at, options.circuitBreaker, ports, pods);
  return {
    timeoutMs: optionalMilliseconds(at, 'timeout', options.timeout),
    retries: retriesOf(at, options.retries),
    retryBudget: retryBudgetOf(at, options.retries?.budget),
    circuitBreaker: loadBalancing && needsEjection(loadBalancing) ? withEjection(breaker) : breaker,
    loadBalancing,
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

// Envoy does not look at the number where there is a share.
function requireOneLimit(at: IConstruct, { retries, circuitBreaker }: TrafficOptions): void {
  if (!retries?.budget || circuitBreaker?.maxRetries === undefined) return;
  throw new MeshError({
    code: 'MESH703',
    at,
    what: 'retries at a time are limited by a budget or by maxRetries',
    got: 'both, of which maxRetries would not be looked at',
    fix: 'drop maxRetries of circuitBreaker, or the budget of retries',
  });
}

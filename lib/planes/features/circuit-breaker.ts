import type { CircuitBreakerFacts } from '../../model/route-features';
import { seconds } from '../../support/durations';
import { defineFeature, type Fields } from './route-feature';

defineFeature<CircuitBreakerFacts>({
  key: 'circuitBreaker',
  title: 'circuit breaker',
  needsHttp: true,
  ofHost: (breaker) => ({ connectionPool: poolOf(breaker), outlierDetection: ejectionOf(breaker) }),
});

function poolOf({ maxConnections, maxPendingRequests, maxRequests }: CircuitBreakerFacts): Fields | undefined {
  const http = maxPendingRequests !== undefined || maxRequests !== undefined;
  if (!http && maxConnections === undefined) return undefined;
  return {
    tcp: maxConnections === undefined ? undefined : { maxConnections },
    http: http ? { http1MaxPendingRequests: maxPendingRequests, http2MaxRequests: maxRequests } : undefined,
  };
}

function ejectionOf(breaker: CircuitBreakerFacts): Fields | undefined {
  const { consecutiveGatewayErrors, consecutive5xxErrors, intervalMs, baseEjectionTimeMs, maxEjectionPercent } = breaker;
  if (consecutiveGatewayErrors === undefined && consecutive5xxErrors === undefined) return undefined;
  return {
    consecutiveGatewayErrors,
    // Istio counts five answers of 5xx unless told 0, which would eject for what was not asked for.
    consecutive5xxErrors: consecutive5xxErrors ?? 0,
    interval: intervalMs === undefined ? undefined : seconds(intervalMs),
    baseEjectionTime: baseEjectionTimeMs === undefined ? undefined : seconds(baseEjectionTimeMs),
    maxEjectionPercent,
  };
}

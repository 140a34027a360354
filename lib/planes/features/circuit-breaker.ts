import type { CircuitBreakerFacts } from '../../model/route-features';
import { seconds } from '../../support/durations';
import { defineFeature, type Fields } from './route-feature';

defineFeature<CircuitBreakerFacts>({
  key: 'circuitBreaker',
  title: 'circuit breaker',
  needsHttp: true,
  ofHost: (breaker) => ({ connectionPool: poolOf(breaker), outlierDetection: ejectionOf(breaker) }),
});

function poolOf(breaker: CircuitBreakerFacts): Fields | undefined {
  const [tcp, http] = [tcpOf(breaker), httpOf(breaker)].map(orNothing);
  return orNothing({ tcp, http });
}

function tcpOf({ maxConnections, connectTimeoutMs, idleTimeoutMs, maxConnectionDurationMs, tcpKeepalive: keepalive }: CircuitBreakerFacts) {
  return {
    maxConnections,
    connectTimeout: time(connectTimeoutMs),
    idleTimeout: time(idleTimeoutMs),
    maxConnectionDuration: time(maxConnectionDurationMs),
    tcpKeepalive: keepalive && { probes: keepalive.probes, time: time(keepalive.idleMs), interval: time(keepalive.intervalMs) },
  };
}

function httpOf(breaker: CircuitBreakerFacts) {
  const { http2Keepalive: keepalive, upstreamProtocol: protocol } = breaker;
  return {
    http1MaxPendingRequests: breaker.maxPendingRequests,
    http2MaxRequests: breaker.maxRequests,
    idleTimeout: time(breaker.httpIdleTimeoutMs),
    maxRequestsPerConnection: breaker.maxRequestsPerConnection,
    maxRetries: breaker.maxRetries,
    maxConcurrentStreams: breaker.maxConcurrentStreams,
    http2KeepAlive: keepalive && { interval: seconds(keepalive.intervalMs), timeout: seconds(keepalive.timeoutMs) },
    h2UpgradePolicy: protocol && UPGRADES[protocol],
    useClientProtocol: protocol === 'AS_CALLER' ? true : undefined,
  };
}

const UPGRADES = { HTTP2: 'UPGRADE', AS_DECLARED: 'DO_NOT_UPGRADE', AS_CALLER: undefined } as const;

function ejectionOf(breaker: CircuitBreakerFacts): Fields | undefined {
  const { consecutiveGatewayErrors, consecutive5xxErrors, consecutiveLocalOriginFailures, intervalMs, baseEjectionTimeMs } = breaker;
  const counted = [consecutiveGatewayErrors, consecutive5xxErrors, consecutiveLocalOriginFailures];
  if (counted.every((count) => count === undefined)) return undefined;
  return {
    consecutiveGatewayErrors,
    // Istio counts five answers of 5xx unless told 0, which would eject for what was not asked for.
    consecutive5xxErrors: consecutive5xxErrors ?? 0,
    consecutiveLocalOriginFailures,
    // Istio refuses the count without it.
    splitExternalLocalOriginErrors: consecutiveLocalOriginFailures === undefined ? undefined : true,
    interval: time(intervalMs),
    baseEjectionTime: time(baseEjectionTimeMs),
    maxEjectionPercent: breaker.maxEjectionPercent,
    minHealthPercent: breaker.minHealthPercent,
  };
}

function time(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : seconds(ms);
}

function orNothing<Values extends Fields>(fields: Values): Values | undefined {
  return Object.values(fields).some((value) => value !== undefined) ? fields : undefined;
}

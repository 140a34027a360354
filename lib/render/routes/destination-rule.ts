import type * as networking from '../../../imports/networking.istio.io';
import type { CircuitBreakerFacts } from '../../model/route';
import { seconds } from './durations';

/** What callers do with a host: its subsets, and how much they may load it. TLS is left to the mesh, which does it by itself. */
export function renderDestinationRule(
  host: string,
  subsets: readonly string[],
  breaker?: CircuitBreakerFacts,
): networking.DestinationRuleSpec {
  return {
    host,
    trafficPolicy: breaker && { connectionPool: renderPool(breaker), outlierDetection: renderEjection(breaker) },
    subsets: subsets.length > 0 ? subsets.map((version) => ({ name: version, labels: { version } })) : undefined,
  };
}

function renderPool(breaker: CircuitBreakerFacts): networking.DestinationRuleSpecTrafficPolicyConnectionPool | undefined {
  const { maxConnections, maxPendingRequests, maxRequests } = breaker;
  const http = maxPendingRequests !== undefined || maxRequests !== undefined;
  if (!http && maxConnections === undefined) return undefined;
  return {
    tcp: maxConnections === undefined ? undefined : { maxConnections },
    http: http ? { http1MaxPendingRequests: maxPendingRequests, http2MaxRequests: maxRequests } : undefined,
  };
}

function renderEjection(breaker: CircuitBreakerFacts): networking.DestinationRuleSpecTrafficPolicyOutlierDetection | undefined {
  const { consecutiveGatewayErrors, consecutive5xxErrors, intervalMs, baseEjectionTimeMs, maxEjectionPercent } = breaker;
  const counts = consecutiveGatewayErrors !== undefined || consecutive5xxErrors !== undefined;
  if (!counts) return undefined;
  return {
    consecutiveGatewayErrors,
    // Istio counts five answers of 5xx unless told 0, which would eject for what was not asked for.
    ['consecutive5xxErrors' as 'consecutive5XxErrors']: consecutive5xxErrors ?? 0,
    interval: intervalMs === undefined ? undefined : seconds(intervalMs),
    baseEjectionTime: baseEjectionTimeMs === undefined ? undefined : seconds(baseEjectionTimeMs),
    maxEjectionPercent,
  };
}

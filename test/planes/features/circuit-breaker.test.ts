import type { CircuitBreakerFacts } from '../../../lib/model/route-features';
import { routeFeatures } from '../../../lib/planes/features';

const { inRoute, needsHttp, ofHost } = routeFeatures().find(({ key }) => key === 'circuitBreaker')!;

const policy = (breaker: CircuitBreakerFacts) => JSON.parse(JSON.stringify(ofHost!(breaker))) as object;

describe('a circuit breaker', () => {
  it('is said of hosts, by DestinationRule, and of no route', () => {
    expect(inRoute).toBeUndefined();
    expect(policy({ maxConnections: 9 })).toEqual({ connectionPool: { tcp: { maxConnections: 9 } } });
  });

  it('limits connections, requests that wait and requests at a time', () => {
    expect(policy({ maxConnections: 1, maxPendingRequests: 2, maxRequests: 3 })).toEqual({
      connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 2, http2MaxRequests: 3 } },
    });
  });

  // Istio leaves a pod out after five answers of 5xx unless it is told 0.
  it('leaves pods out for the errors that it is told to count, and for no other', () => {
    expect(policy({ consecutiveGatewayErrors: 3 })).toEqual({ outlierDetection: { consecutiveGatewayErrors: 3, consecutive5xxErrors: 0 } });
    expect(policy({ consecutive5xxErrors: 3, intervalMs: 5000, baseEjectionTimeMs: 30_000, maxEjectionPercent: 50 })).toEqual({
      outlierDetection: { consecutive5xxErrors: 3, interval: '5s', baseEjectionTime: '30s', maxEjectionPercent: 50 },
    });
  });

  // ztunnel keeps no such count: behind ambient it is the waypoint that does.
  it('needs a proxy that reads HTTP', () => {
    expect(needsHttp).toBe(true);
  });
});

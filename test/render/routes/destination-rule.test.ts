import type { CircuitBreakerFacts } from '../../../lib/model/route-features';
import { renderDestinationRule } from '../../../lib/render/routes/destination-rule';
import { route, service } from '../../rules/model-builder';

const HOST = 'cart.shop.svc.cluster.local';

const policyOf = (breaker: CircuitBreakerFacts) =>
  renderDestinationRule(HOST, [], route(service('cart'), { circuitBreaker: breaker })).trafficPolicy;

describe('a DestinationRule', () => {
  it('picks the pods of each version by their label', () => {
    expect(renderDestinationRule(HOST, ['v1', 'v2'], route(service('cart')))).toEqual({
      host: HOST,
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ],
    });
  });

  it('limits what a caller may load on a host', () => {
    expect(policyOf({ maxConnections: 100, maxPendingRequests: 50, maxRequests: 70 })).toEqual({
      connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 50, http2MaxRequests: 70 } },
    });
  });

  it.each([
    [{ maxConnections: 9 }, { tcp: { maxConnections: 9 } }],
    [{ maxPendingRequests: 9 }, { http: { http1MaxPendingRequests: 9 } }],
    [{ maxRequests: 9 }, { http: { http2MaxRequests: 9 } }],
  ])('says nothing of limits that were not asked for: %j', (breaker, connectionPool) => {
    expect(policyOf(breaker)).toEqual({ connectionPool });
  });

  it('leaves failing pods out as long, as often and as many as it is told', () => {
    const breaker = {
      consecutiveGatewayErrors: 5,
      consecutive5xxErrors: 9,
      intervalMs: 10_000,
      baseEjectionTimeMs: 1500,
      maxEjectionPercent: 50,
    };
    expect(policyOf(breaker)).toEqual({
      outlierDetection: {
        consecutiveGatewayErrors: 5,
        consecutive5xxErrors: 9,
        interval: '10s',
        baseEjectionTime: '1.5s',
        maxEjectionPercent: 50,
      },
    });
  });

  // Istio counts five answers of 5xx where nothing is said; 0 switches that off.
  it('leaves nobody out for errors that were not to be counted', () => {
    expect(policyOf({ consecutiveGatewayErrors: 5 })).toEqual({
      outlierDetection: { consecutiveGatewayErrors: 5, consecutive5xxErrors: 0 },
    });
    expect(policyOf({ consecutive5xxErrors: 5 })).toEqual({ outlierDetection: { consecutive5xxErrors: 5 } });
    expect(policyOf({ maxRequests: 9 })).not.toHaveProperty('outlierDetection.consecutive5xxErrors');
  });
});

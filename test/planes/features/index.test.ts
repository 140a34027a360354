import { featuresIn, routeFeatures, valueOf } from '../../../lib/planes/features';
import type { RouteFeatures } from '../../../lib/model/route-features';

const titles = (holder: RouteFeatures) => featuresIn(holder).map(({ title }) => title);

describe('what can be done with requests', () => {
  it('is named in one order, whoever says it in which', () => {
    const said = { circuitBreaker: { maxConnections: 9 }, retries: { attempts: 1, conditions: [], idempotent: false }, timeoutMs: 9 };
    expect(titles(said)).toEqual(['timeout', 'retries', 'circuit breaker']);
  });

  it('is what is said, a nought too, and nothing that is left open', () => {
    expect([titles({ timeoutMs: 0 }), titles({ timeoutMs: undefined }), titles({})]).toEqual([['timeout'], [], []]);
  });

  it('is found under its key', () => {
    const [timeout] = routeFeatures();
    expect([valueOf(timeout, { timeoutMs: 9 }), valueOf(timeout, {})]).toEqual([9, undefined]);
  });

  // What nobody can write would be said for nothing, and what both say would be said twice.
  it('is said of routes or of hosts, never of neither or both', () => {
    expect(routeFeatures().filter(({ inRoute, ofHost }) => (inRoute === undefined) === (ofHost === undefined))).toEqual([]);
  });
});
